import type { Encounter } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { ukCoreExtension } from '../../../fhir/systems.ts';
import { checkStructure } from '../../fhir/validate.ts';
import { segment } from '../hl7/adt/testing.ts';
import { tellMessages } from '../hl7/testing.ts';

const onT7: Readonly<Record<number, string>> = {
  2: 'I',
  3: 'Ward T7^B2^4^RRV03',
  4: 'AE',
  7: 'C001^Okello^Ruth^^^Dr^^^DRNBR',
  14: 'HOME',
  19: '6145^^^^visitid',
  44: '20191102000000',
};

let sent = 0;

/** A message as Carecast writes it: HL7 v2.3, seconds, EVN-1, its own numbers first. */
function carecastMessage(event: string, at: string, pv1: Readonly<Record<number, string>>): string {
  sent += 1;
  return [
    `MSH|^~\\&|CARECAST|RRV|ROUTE|RRV|${at}||ADT^${event}|${sent}|P|2.3||||||8859/1`,
    `EVN|${event}|${at}`,
    'PID|1|44120^^^RRV^MRN|44120^^^RRV^MRN~9990000018^^^NHSNBR^NHSNMBR||Okafor^Grace^Ada^^Mrs^^CURRENT||19480312000000|F',
    segment('PV1', pv1),
  ].join('\r');
}

async function stayOf(...messages: string[]): Promise<Encounter | undefined> {
  const { resources } = await tellMessages(messages, { source: 'carecast', organisation: 'RRV' });
  for (const resource of resources) expect(checkStructure(resource).problems).toEqual([]);
  return resources.find((each) => each.resourceType === 'Encounter');
}

const codes = (stay: Encounter | undefined) => [
  stay?.hospitalization?.extension?.[0]?.valueCodeableConcept?.coding?.[0]?.code,
  stay?.hospitalization?.admitSource?.coding?.[0]?.code,
  stay?.extension?.find(({ url }) => url === `${ukCoreExtension}DischargeMethod`)?.valueCodeableConcept?.coding?.[0]
    ?.code,
  stay?.hospitalization?.dischargeDisposition?.coding?.[0]?.code,
];

describe('Carecast’s own manner', () => {
  it('its own codes are the Data Dictionary’s, its wards stand first', async () => {
    const admitted = carecastMessage('A01', '20191102101500', onT7);
    const gone = { ...onT7, 36: 'SELF', 37: 'HOME', 45: '20191105101500' };
    const stay = await stayOf(admitted, carecastMessage('A03', '20191105102000', gone));
    expect(codes(stay)).toEqual(['21', '19', '6', '19']);
    expect(stay?.location?.[0]?.location.display).toBe('Ward T7, University College Hospital');
    expect(stay?.identifier?.[0]?.value).toBe('RRV-6145');
    expect(stay?.serviceProvider?.display).toBe('University College London Hospitals NHS Foundation Trust');
  });

  it('midnight to the second is a day whose time nobody stated: no hour is invented', async () => {
    const stay = await stayOf(carecastMessage('A01', '20191102101500', onT7));
    expect(stay?.period).toEqual({ start: '2019-11-02' });
  });

  it('a code of nobody’s list keeps its words and never becomes a neighbour', async () => {
    const stay = await stayOf(carecastMessage('A01', '20191102101500', { ...onT7, 4: '28b' }));
    expect(stay?.hospitalization?.extension?.[0]?.valueCodeableConcept).toEqual({ text: 'Code 28b' });
  });
});
