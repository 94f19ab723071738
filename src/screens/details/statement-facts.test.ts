import type { Encounter, Resource } from 'fhir/r4';
import { expect, test } from 'vitest';
import type { MapContext } from '../../timeline/context.ts';
import { statementOf } from '../../timeline/source.ts';
import { statementFacts } from './statement-facts.ts';

const context: MapContext = { now: Date.UTC(2026, 10, 22), included: new Map(), patientId: 'p' };
const factsOf = (resource: Resource) =>
  Object.fromEntries(statementFacts(statementOf(resource), context).map(({ name, words }) => [name, words]));
const visit = (more: Partial<Encounter>): Encounter => ({
  resourceType: 'Encounter',
  id: 'e',
  status: 'finished',
  class: { code: 'AMB' },
  ...more,
});

test('a statement is told in words: no status code, no technical role, and only what was stated', () => {
  const facts = factsOf(
    visit({
      status: 'in-progress',
      type: [{ coding: [{ system: 'http://snomed.info/sct', code: '185349003' }] }],
      participant: [{ type: [{ text: 'primary performer' }], individual: { display: 'Dr A Okafor' } }],
    }),
  );
  expect(facts).toEqual({
    Kind: 'Not named: SNOMED CT 185349003',
    Status: 'In progress when sent',
    'Seen by': 'Dr A Okafor',
  });
});

test('times are London’s; where the sender’s clock showed another, that is told too (T10)', () => {
  const facts = factsOf(visit({ period: { start: '1994-11-12T22:58:16-05:00', end: '1994-11-13T04:13:00Z' } }));
  expect(facts).toMatchObject({
    Start: '13-Nov-1994 03:58 (sent as 12-Nov-1994 22:58, UTC-05:00)',
    End: '13-Nov-1994 04:13',
  });
});

test('a date that cannot be read is told as it was written, never dropped', () => {
  expect(factsOf(visit({ period: { start: '14/11/2026' } }))).toMatchObject({ Start: 'not readable: 14/11/2026' });
});
