import type { Meta, Specimen } from 'fhir/r4';
import type { Dialect } from './dialect.ts';
import { testConcept } from './oru-concept.ts';
import type { Panel } from './oru-fold.ts';
import { ownId } from './own-ids.ts';
import { statedTime } from './stated-time.ts';

/** The sample of a test: SPM (v2.5 on), else OBR-15; undefined where none is described. */
export function specimenOf(
  { orders }: Panel,
  report: { id: string; subject: string; dialect: Dialect; meta: Meta | undefined; taken: string | undefined },
): Specimen | undefined {
  const spm = orders.flatMap(({ specimens }) => specimens)[0];
  const described = orders.map(({ obr }) => obr).find((obr) => obr.states(15));
  const words = described?.at(15, 1, 2) || described?.at(15, 1, 1) || '';
  const type = testConcept(spm?.values(4)[0]) ?? (words === '' ? undefined : { text: words });
  if (type === undefined) return undefined;
  const collected = statedTime(spm?.at(17) ?? '', report.dialect).value ?? report.taken;
  const arrived = spm?.at(18) || orders.map(({ obr }) => obr.at(14)).find((time) => time !== '') || '';
  const received = statedTime(arrived, report.dialect).value;
  return {
    resourceType: 'Specimen',
    id: ownId(report.id, 'specimen'),
    meta: report.meta,
    type,
    subject: { reference: `Patient/${report.subject}` },
    receivedTime: received,
    collection: collected === undefined ? undefined : { collectedDateTime: collected },
  };
}
