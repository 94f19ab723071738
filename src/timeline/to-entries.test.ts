import type { Encounter, Resource } from 'fhir/r4';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut } from './layout.ts';
import { contextOf, now } from './testing.ts';
import { mapAhead, mapRecord, toEntries } from './to-entries.ts';

const statuses = ['entered-in-error', 'finished', 'planned', 'in-progress', 'booked', 'active', 'final', 'current', 7];

/** Values as broken feeds send them: right, of the wrong kind, missing, null, one instead of many. */
const scalar = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    ' ',
    0,
    -1,
    true,
    'Cough',
    '2019',
    '2019-04',
    '2026-11-14',
    '2026-13-99',
  ),
  fc.constantFrom<unknown>('2026-10-25T01:30:00Z', '2026-11-14T02:41:00-05:00', 'Encounter/0', '#c', 'Appointment/1'),
  fc.string({ maxLength: 12 }),
);
const elementNames = [
  'text', 'coding', 'code', 'display', 'system', 'start', 'end', 'reference', 'value', 'unit', 'individual', 'type',
  'actor', 'location', 'period', 'attachment', 'creation', 'encounter', 'name', 'family', 'given', 'url',
  'valueCodeableConcept', 'valueReference', 'extension', 'physicalType', 'condition', 'use', 'status',
] as const; // prettier-ignore
const element: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.dictionary(fc.constantFrom(...elementNames), tie('value'), { maxKeys: 4 }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
})).value;
const fieldNames = [
  'period', 'type', 'class', 'serviceType', 'reasonCode', 'reasonReference', 'participant', 'location', 'diagnosis',
  'hospitalization', 'partOf', 'appointment', 'serviceProvider', 'start', 'end', 'supportingInformation', 'specialty',
  'requestedPeriod', 'occurrencePeriod', 'occurrenceDateTime', 'authoredOn', 'requester', 'performer', 'code', 'output',
  'executionPeriod', 'owner', 'restriction', 'managingOrganization', 'team', 'context', 'content', 'author', 'custodian',
  'effectiveDateTime', 'effectivePeriod', 'result', 'specimen', 'category', 'component', 'valueQuantity', 'meta',
  'contained', 'extension', 'length', 'encounter', 'description', 'orderDetail', 'device', 'cancelationReason',
] as const; // prettier-ignore
const resource: fc.Arbitrary<Resource> = fc
  .record({
    resourceType: fc.constantFrom(
      'Encounter',
      'Appointment',
      'ServiceRequest',
      'Task',
      'EpisodeOfCare',
      'DocumentReference',
      'DiagnosticReport',
      'Observation',
      'Procedure',
    ),
    id: fc.constantFrom('0', '1', '2', '3', undefined),
    status: fc.constantFrom<unknown>(...statuses, null, undefined),
    fields: fc.dictionary(fc.constantFrom(...fieldNames), element, { maxKeys: 8 }),
  })
  .map(({ fields, ...rest }) => ({ ...fields, ...rest }));

/** A letter by somebody whose name is no text, and cannot be made one. */
const nameless = {
  resourceType: 'DocumentReference',
  id: '0',
  author: { display: Object.create(null) as object },
} as unknown as Resource;

describe('records of any shape', () => {
  it('never break the timeline, and every resource ends in exactly one place', () => {
    fc.assert(
      fc.property(fc.array(resource, { maxLength: 12 }), (resources) => {
        const { entries, withdrawn, linked, other } = mapRecord(resources, contextOf(...resources));
        const places = [
          ...entries.flatMap((entry) => entry.statements),
          ...withdrawn,
          ...linked.map((link) => link.statement),
          ...other,
        ].map((statement) => statement.reference);
        const given = new Set(resources.map((item) => `${item.resourceType}/${item.id ?? 'without-id'}`));
        expect([...places].sort()).toEqual([...given].sort());
        const laid = layOut({
          entries,
          now,
          watermark: -Infinity,
          status: 'all',
          filter: {},
          upcomingExpanded: true,
          gaps: [],
        });
        expect(laid.shown).toBe(entries.length);
        for (const entry of entries) {
          expect(entry.title.trim()).not.toBe('');
          expect(JSON.stringify([entry.title, entry.detail, entry.facts, entry.cautions])).not.toMatch(
            /undefined|\[object|NaN/,
          );
          expect(entry.facts.length).toBeLessThanOrEqual(3);
        }
      }),
      { numRuns: 1500, examples: [[[nameless]]] },
    );
  });
});

describe('mapping again as pages arrive', () => {
  const visit: Encounter = {
    resourceType: 'Encounter',
    id: 'e',
    status: 'planned',
    class: { code: 'AMB' },
    period: { start: '2026-11-22T11:00:00Z' },
    serviceProvider: { reference: 'Organization/o' },
  };

  it('leaves what has not changed as it was', () => {
    const context = contextOf();
    expect(toEntries([visit], context)[0]).toBe(toEntries([visit], context)[0]);
  });

  it('looks again when names arrive and when time has passed', () => {
    expect(toEntries([visit], contextOf())[0]?.detail).toEqual([]);
    const named = contextOf({ resourceType: 'Organization', id: 'o', name: 'Whittington Hospital' } as Resource);
    expect(toEntries([visit], named)[0]?.detail).toEqual(['Whittington Hospital']);
    expect(toEntries([visit], { ...named, now: now + 3_600_000 })[0]?.state).toBe('unknown');
  });

  it('puts the second line into words when it is first looked at, with the names that have come by then', () => {
    const seenBy: Encounter = {
      resourceType: 'Encounter',
      id: 'late',
      status: 'finished',
      class: { code: 'AMB' },
      participant: [{ individual: { reference: 'Practitioner/p' } }],
    };
    const unlooked = toEntries([seenBy], contextOf());
    const named = contextOf({ resourceType: 'Practitioner', id: 'p', name: [{ text: 'Dr A Okafor' }] } as Resource);
    const looked = toEntries([seenBy], named);
    expect(looked[0]).toBe(unlooked[0]);
    expect(looked[0]?.detail).toEqual(['Dr A Okafor']);
  });

  it('gives the same rows whether pages were mapped as they came or all at the end, whatever had arrived by then', () => {
    fc.assert(
      fc.property(fc.array(resource, { maxLength: 12 }), fc.nat(12), (resources, arrived) => {
        const whole = contextOf(...resources);
        const apart = mapRecord(structuredClone(resources), whole);
        mapAhead(resources, contextOf(...resources.slice(0, arrived)));
        const { entries } = mapRecord(resources, whole);
        expect(entries).toEqual(apart.entries);
      }),
      { numRuns: 500 },
    );
  });

  it('takes a resource that came twice once', () => {
    expect(toEntries([visit, { ...visit }], contextOf())).toHaveLength(1);
  });
});

describe('a stay whose discharge was lost (misreading 4)', () => {
  const stay: Encounter = {
    resourceType: 'Encounter',
    id: 'stay',
    status: 'in-progress',
    class: { code: 'IMP' },
    period: { start: '2026-09-23T10:00:00Z' },
  };
  const visit = (parts: Partial<Encounter>): Encounter => ({
    resourceType: 'Encounter',
    id: 'later',
    status: 'finished',
    class: { code: 'AMB' },
    period: { start: '2026-11-20T09:00:00Z' },
    ...parts,
  });
  const cautions = (...others: Encounter[]) =>
    toEntries([stay, ...others], contextOf()).find((entry) => entry.key === 'Encounter/stay')?.cautions;

  it('may have ended when a later contact was had elsewhere', () => {
    expect(cautions(visit({ class: { code: 'EMER' }, reasonCode: [{ text: 'Chest pain' }] }))).toEqual([
      'No discharge recorded, as at 22-Nov-2026 10:42',
      'May have ended: emergency department on 20-Nov-2026 09:00',
    ]);
  });

  it('is no more doubtful for an earlier contact, a cancelled one, a planned one or a part of it', () => {
    for (const other of [
      visit({ period: { start: '2026-09-01' } }),
      visit({ status: 'cancelled' }),
      visit({ status: 'planned', period: { start: '2026-12-01' } }),
      visit({ partOf: { reference: 'Encounter/stay' } }),
    ]) {
      expect(cautions(other)).toEqual(['No discharge recorded, as at 22-Nov-2026 10:42']);
    }
  });
});
