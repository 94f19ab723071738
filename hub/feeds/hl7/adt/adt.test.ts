import * as fc from 'fast-check';
import type { Encounter } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { ukCoreExtension } from '../../../../fhir/systems.ts';
import { checkStructure } from '../../../fhir/validate.ts';
import { UnusableMessage } from '../../format.ts';
import { tellMessages } from '../testing.ts';
import { adtMessage, onCoyle, onMeyrick } from './testing.ts';

const admitted = adtMessage('A01', { at: '202611021410', pv1: onCoyle });
const moved = adtMessage('A02', { at: '202611031005', occurred: '202611031000', pv1: onMeyrick });
const moveUndone = adtMessage('A12', { at: '202611031020', pv1: onCoyle });
const discharged = adtMessage('A03', {
  at: '202611051130',
  pv1: { ...onMeyrick, 36: '1', 37: '19^Home with her daughter', 45: '202611051100' },
});
const dischargeUndone = adtMessage('A13', { at: '202611051200', pv1: onMeyrick });
const admissionUndone = adtMessage('A11', { at: '202611021430', pv1: onCoyle });
const planned = adtMessage('A05', { at: '202610200900', pv1: { ...onCoyle, 2: 'P', 44: '202611020800' } });

/** The visits told, and that all that is told is sound FHIR. */
async function visitsOf(...messages: string[]): Promise<{ visits: Encounter[]; doubts: string[] }> {
  const { resources, doubts } = await tellMessages(messages);
  for (const resource of resources) expect(checkStructure(resource).problems).toEqual([]);
  return { visits: resources.filter((each) => each.resourceType === 'Encounter'), doubts };
}

async function visitOf(...messages: string[]): Promise<Encounter> {
  const { visits } = await visitsOf(...messages);
  expect(visits).toHaveLength(1);
  return visits[0]!;
}

const wards = ({ location = [] }: Encounter) =>
  location.map(({ location: place, status, period }) => [place.display, status, period?.start, period?.end]);

describe('a stay told by ADT messages', () => {
  it('begins with A01: where, how, under whom', async () => {
    expect(await visitOf(admitted)).toMatchObject({
      id: '44120-visit-2139',
      identifier: [
        { system: 'https://fhir.interweavedigital.nhs.uk/Id/local-encounter-identifier', value: 'RKE-2139' },
      ],
      status: 'in-progress',
      class: { code: 'IMP' },
      type: [{ text: 'Hospital stay' }],
      subject: { reference: 'Patient/44120' },
      serviceType: { text: 'Trauma and Orthopaedics' },
      participant: [{ individual: { display: 'Dr Ruth Okello' } }],
      period: { start: '2026-11-02T14:00:00+00:00' },
      hospitalization: {
        extension: [{ url: `${ukCoreExtension}AdmissionMethod`, valueCodeableConcept: { coding: [{ code: '21' }] } }],
        admitSource: { coding: [{ code: '19' }] },
      },
      location: [{ location: { display: 'Coyle ward, Whittington Hospital' }, status: 'active' }],
      serviceProvider: { display: 'Whittington Health NHS Trust' },
    });
  });

  it('moves with A02, when the move happened and not when it was written down, and ends with A03', async () => {
    const stay = await visitOf(admitted, moved, discharged);
    expect(wards(stay)).toEqual([
      ['Coyle ward, Whittington Hospital', 'completed', '2026-11-02T14:00:00+00:00', '2026-11-03T10:00:00+00:00'],
      ['Meyrick ward, Whittington Hospital', 'completed', '2026-11-03T10:00:00+00:00', '2026-11-05T11:00:00+00:00'],
    ]);
    expect(stay).toMatchObject({
      status: 'finished',
      period: { end: '2026-11-05T11:00:00+00:00' },
      extension: [{ url: `${ukCoreExtension}DischargeMethod`, valueCodeableConcept: { coding: [{ code: '1' }] } }],
      hospitalization: { dischargeDisposition: { coding: [{ code: '19' }], text: 'Home with her daughter' } },
    });
  });

  it('a new bed on the same ward is no move', async () => {
    const bed = adtMessage('A02', {
      at: '202611022000',
      pv1: { ...onCoyle, 3: 'RKE^COYLE^BAY3-1^RKEQ4^^^^^Coyle ward' },
    });
    expect(wards(await visitOf(admitted, bed))).toHaveLength(1);
  });

  it('A12 takes the move back, with what an update repeated of it meanwhile', async () => {
    const update = adtMessage('A08', { at: '202611031010', pv1: onMeyrick });
    expect(wards(await visitOf(admitted, moved, update, moveUndone))).toEqual(wards(await visitOf(admitted)));
  });

  it('A12 takes back the move whose time it names, not the last', async () => {
    const back = adtMessage('A02', { at: '202611040905', occurred: '202611040900', pv1: onCoyle });
    const undone = adtMessage('A12', { at: '202611041000', occurred: '202611031000', pv1: onCoyle });
    expect(wards(await visitOf(admitted, moved, back, undone)).map(([ward]) => ward)).toEqual([
      'Coyle ward, Whittington Hospital',
    ]);
  });

  it('A13 opens it again: where the cancelled discharge sent her is told no more', async () => {
    const repeating = adtMessage('A13', { at: '202611051200', pv1: { ...onMeyrick, 36: '1', 45: '202611051100' } });
    const open = await visitOf(admitted, moved);
    expect(await visitOf(admitted, moved, discharged, dischargeUndone)).toEqual(open);
    expect(await visitOf(admitted, moved, discharged, repeating)).toEqual(open);
  });

  it('A11 cancels it: the visit stays visible as one that did not take place', async () => {
    const cancelled = await visitOf(admitted, admissionUndone);
    expect([cancelled.status, cancelled.period?.start]).toEqual(['cancelled', '2026-11-02T14:00:00+00:00']);
    const update = adtMessage('A08', { at: '202611021500', pv1: onCoyle });
    expect((await visitOf(admitted, admissionUndone, update)).status).toBe('cancelled');
    const again = adtMessage('A01', { at: '202611021600', pv1: onCoyle });
    expect((await visitOf(admitted, admissionUndone, again)).status).toBe('in-progress');
  });

  it('A05 plans it, A01 begins it at its own time, A38 cancels the plan', async () => {
    expect(await visitOf(planned)).toMatchObject({ status: 'planned', period: { start: '2026-11-02T08:00:00+00:00' } });
    expect(await visitOf(planned, admitted)).toEqual(await visitOf(admitted));
    const called = adtMessage('A38', { at: '202610250900', pv1: { ...onCoyle, 2: 'P' } });
    expect((await visitOf(planned, called)).status).toBe('cancelled');
  });

  it('an update with empty fields erases nothing; null does', async () => {
    const sparse = adtMessage('A08', { at: '202611030900', pv1: { 2: 'I', 19: '2139^^^VISITID' } });
    expect(await visitOf(admitted, sparse)).toEqual(await visitOf(admitted));
    const nulled = adtMessage('A08', { at: '202611030900', pv1: { 7: '""', 19: '2139^^^VISITID' } });
    expect((await visitOf(admitted, nulled)).participant).toBeUndefined();
  });

  it('an update that comes alone tells what it says, and invents no admission', async () => {
    const alone = await visitOf(adtMessage('A08', { at: '202611030900', pv1: { ...onMeyrick, 44: '' } }));
    expect(alone).toMatchObject({
      status: 'in-progress',
      location: [{ location: { display: 'Meyrick ward, Whittington Hospital' } }],
    });
    expect([alone.period, alone.location?.[0]?.period]).toEqual([undefined, undefined]);
  });

  it('a ward that no transfer led to is told from when it was first stated, with a doubt', async () => {
    const elsewhere = adtMessage('A08', { at: '202611031200', pv1: onMeyrick });
    const { visits, doubts } = await visitsOf(admitted, elsewhere);
    expect(wards(visits[0]!).map(([ward, , start]) => [ward, start])).toEqual([
      ['Coyle ward, Whittington Hospital', '2026-11-02T14:00:00+00:00'],
      ['Meyrick ward, Whittington Hospital', '2026-11-03T12:00:00+00:00'],
    ]);
    expect(doubts).toContain('A ward that no transfer led to: told from when it was first stated');
  });

  it('leave and return', async () => {
    const away = adtMessage('A21', { at: '202611031400', pv1: onCoyle });
    expect((await visitOf(admitted, away)).status).toBe('onleave');
    const back = adtMessage('A22', { at: '202611032000', pv1: onCoyle });
    expect(await visitOf(admitted, away, back)).toEqual(await visitOf(admitted));
  });

  it('dates that no calendar has: told undated as they were written, with a doubt', async () => {
    const { resources, doubts } = await tellMessages([
      adtMessage('A01', { at: '202611021410', pv1: { ...onCoyle, 44: '20261302' } }),
    ]);
    const stay = resources.find((each) => each.resourceType === 'Encounter');
    expect(stay?.period).toEqual({ start: '20261302' });
    expect(doubts).toContain('A date that cannot be read (PV1-44, PV1-45)');
  });
});

describe('other visits', () => {
  it('an emergency attendance says in words how it ended', async () => {
    const pv1 = { 2: 'E', 3: 'RKE^ED^^RKEQ4^^^^^Emergency department', 19: '88', 44: '202611020210' };
    const arrived = adtMessage('A04', { at: '202611020211', pv1, pv2: { 3: '1912002^Fall^SCT' } });
    const left = adtMessage('A03', {
      at: '202611020600',
      pv1: { ...pv1, 37: '^Admitted to this hospital', 45: '202611020555' },
    });
    expect(await visitOf(arrived, left)).toMatchObject({
      class: { code: 'EMER' },
      type: [{ text: 'Emergency department visit' }],
      reasonCode: [{ coding: [{ system: 'http://snomed.info/sct', code: '1912002' }], text: 'Fall' }],
      hospitalization: { dischargeDisposition: { text: 'Admitted to this hospital' } },
      location: [{ physicalType: { coding: [{ code: 'E04' }] } }],
      period: { start: '2026-11-02T02:10:00+00:00', end: '2026-11-02T05:55:00+00:00' },
    });
  });

  it('an outpatient visit names its booking, how it was held and what came of it', async () => {
    const pv1 = {
      2: 'O',
      3: 'RKE^C320^^RKEQ4^^^^^Cardiology clinic',
      5: '7001',
      10: '320',
      18: 'TEL',
      19: '90',
      36: '2',
      44: '202611021000',
      45: '202611021020',
    };
    expect(await visitOf(adtMessage('A03', { at: '202611021025', pv1 }))).toMatchObject({
      class: { code: 'VR' },
      appointment: [{ reference: 'Appointment/44120-appointment-7001' }],
      status: 'finished',
      extension: [
        { url: `${ukCoreExtension}DeliveryChannel`, valueCodeableConcept: { text: 'Telephone' } },
        { url: `${ukCoreExtension}OutcomeOfAttendance`, valueCodeableConcept: { coding: [{ code: '2' }] } },
      ],
    });
  });

  it('a visit at home never says where home is; the mental health trust’s contact says whose it is', async () => {
    const home = await visitOf(
      adtMessage('A04', {
        at: '202611021000',
        pv1: { 2: 'O', 3: 'RKE^12 Mulberry Walk^^^^H', 18: 'COMM', 19: '91', 44: '202611021000' },
      }),
    );
    expect(home).toMatchObject({ class: { code: 'HH' }, type: [{ text: 'Community nurse visit' }] });
    expect(JSON.stringify(home)).not.toContain('Mulberry');
    const contact = await visitOf(
      adtMessage('A04', {
        at: '202611021000',
        pv1: { 2: 'O', 3: 'G6V2S^^^^^^^^Highgate Mental Health Centre', 18: 'MH', 19: '92', 44: '202611021000' },
      }),
    );
    expect(contact).toMatchObject({
      type: [{ text: 'Mental health contact' }],
      identifier: [{ value: 'G6V2S-92' }],
      serviceProvider: { display: 'North London NHS Foundation Trust' },
    });
  });

  it('what is marked is labelled, with what was found there; only a message that says so takes the mark off', async () => {
    const more = ['DG1|1||8098009^Sexually transmitted disease^SCT|||F'];
    const marked = adtMessage('A04', {
      at: '202611021000',
      pv1: { 2: 'O', 16: 'STD', 19: '93', 44: '202611021000' },
      more,
    });
    const silent = adtMessage('A08', { at: '202611021100', pv1: { 2: 'O', 19: '93' } });
    const { resources } = await tellMessages([marked, silent]);
    const labelled = resources.filter(({ resourceType }) => resourceType !== 'Patient');
    expect(labelled.map(({ resourceType, meta }) => [resourceType, meta?.security?.map(({ code }) => code)])).toEqual([
      ['Encounter', ['R', 'STD']],
      ['Condition', ['R', 'STD']],
    ]);
  });
});

describe('diagnoses and procedures', () => {
  it('a working diagnosis is provisional, a final one confirmed; the last list counts', async () => {
    const working = adtMessage('A08', {
      at: '202611021500',
      pv1: onCoyle,
      more: ['DG1|1||5913000^Fracture of neck of femur^SCT|||W'],
    });
    const final = adtMessage('A03', {
      at: '202611051130',
      pv1: { ...onCoyle, 45: '202611051100' },
      more: [
        'DG1|1||5913000^Fracture of neck of femur^SCT||202611051100|F',
        'DG1|2||S72.0^^I10|Fractured hip||F',
        'PR1|1||W46.1^Total hip replacement^OPCS4||202611030900',
      ],
    });
    const { resources } = await tellMessages([admitted, working, final]);
    for (const resource of resources) expect(checkStructure(resource).problems).toEqual([]);
    expect(resources.filter(({ resourceType }) => resourceType === 'Condition')).toMatchObject([
      {
        id: '44120-visit-2139-diagnosis-5913000',
        verificationStatus: { coding: [{ code: 'confirmed' }] },
        recordedDate: '2026-11-05T11:00:00+00:00',
      },
      { code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'S72.0' }], text: 'Fractured hip' } },
    ]);
    expect(resources.find(({ resourceType }) => resourceType === 'Procedure')).toMatchObject({
      code: { text: 'Total hip replacement' },
      performedDateTime: '2026-11-03T09:00:00+00:00',
    });
    const before = await tellMessages([admitted, working]);
    expect(before.resources.find(({ resourceType }) => resourceType === 'Condition')).toMatchObject({
      verificationStatus: { coding: [{ code: 'provisional' }] },
    });
  });
});

describe('merging', () => {
  const merge = (event: string) => adtMessage(event, { at: '202611021000', more: ['MRG|55000^^^RKE^MR'] });

  it.each(['A34', 'A40'])('%s: the record of MRG-1 goes', async (event) => {
    expect((await tellMessages([merge(event)])).links).toEqual([
      { kind: 'merge', keep: '44120', gone: '55000', at: '2026-11-02T10:00:00.000Z' },
    ]);
  });

  it('A37 says they are not one after all', async () => {
    expect((await tellMessages([merge('A37')])).links).toMatchObject([
      { kind: 'unmerge', keep: '44120', gone: '55000' },
    ]);
  });

  it.each([
    ['names no other record', ['MRG|44120^^^RKE^MR']],
    ['with 0 MRG segments', []],
    ['with 2 MRG segments', ['MRG|55000^^^RKE^MR', 'MRG|55001^^^RKE^MR']],
  ])('is refused when it %s', async (reason, more) => {
    await expect(tellMessages([adtMessage('A40', { at: '202611021000', more })])).rejects.toThrow(reason);
  });
});

describe('what cannot be used', () => {
  it.each([
    ['a swap of two patients', 'A17', onCoyle, 'ADT A17'],
    ['a visit without number and time', 'A01', { 2: 'I' }, 'names no visit'],
  ])('%s goes to the dead letters', async (_what, event, pv1, reason) => {
    const message = adtMessage(event, { at: '202611021000', pv1 });
    await expect(tellMessages([message])).rejects.toThrow(reason);
    await expect(tellMessages([message])).rejects.toThrow(UnusableMessage);
  });
});

describe('whatever the order', () => {
  const events = [planned, admitted, admissionUndone, moved, moveUndone, discharged, dischargeUndone];
  const updates = [
    adtMessage('A08', { at: '202611021412', pv1: { ...onCoyle, 16: 'R' } }),
    adtMessage('A08', {
      at: '202611031010',
      pv1: onMeyrick,
      more: ['DG1|1||5913000^Fracture of neck of femur^SCT|||W'],
    }),
    adtMessage('A08', { at: '202611031030', pv1: { 7: '""', 19: '2139' }, pid: { 11: '1 New Road^^London^^N1 1AA' } }),
    adtMessage('A31', { at: '202611021411', pid: { 11: '1 Old Road^^London^^N1 1AA', 13: '02079460000' } }),
  ];

  it('the same messages, each any number of times, come to the same resources', async () => {
    const story = fc.subarray([...events, ...updates], { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(
        story.chain((messages) =>
          fc.tuple(
            fc.constant(messages),
            fc
              .tuple(
                fc.shuffledSubarray(messages, { minLength: messages.length }),
                fc.array(fc.constantFrom(...messages)),
              )
              .chain(([all, again]) =>
                fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }),
              ),
          ),
        ),
        async ([messages, arrived]) => {
          const inOrder = await tellMessages(messages);
          const asArrived = await tellMessages(arrived);
          expect(asArrived.resources).toEqual(inOrder.resources);
          expect(asArrived.doubts).toEqual(inOrder.doubts);
        },
      ),
    );
  });
});
