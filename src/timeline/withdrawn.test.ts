import type { Appointment, Encounter } from 'fhir/r4';
import { expect, test } from 'vitest';
import { sourceTagSystem } from '../../fhir/systems.ts';
import { layOut } from './layout.ts';
import { now } from './testing.ts';
import { mapRecord } from './to-entries.ts';
import { withdrawnItems } from './withdrawn.ts';

const context = { now, included: new Map(), patientId: 'p1' };
const meta = { tag: [{ system: sourceTagSystem, code: 'system-c' }] };
const day = 86_400_000;
const stay: Encounter = {
  resourceType: 'Encounter',
  id: 'stay',
  meta,
  status: 'finished',
  class: { code: 'IMP' },
  reasonCode: [{ text: 'Overdose' }],
  serviceProvider: { display: 'Whittington Hospital' },
  period: { start: new Date(now - 3 * day).toISOString(), end: new Date(now - 2 * day).toISOString() },
};
const booking: Appointment = {
  resourceType: 'Appointment',
  id: 'booking',
  meta,
  status: 'booked',
  serviceType: [{ text: 'Toxicology' }],
  start: new Date(now + 5 * day).toISOString(),
  participant: [{ actor: { reference: 'Patient/p1' }, status: 'accepted' }],
};

const visit = (id: string, days: number): Encounter => ({
  ...stay,
  id,
  class: { code: 'AMB' },
  reasonCode: [{ text: 'Cough' }],
  period: { start: new Date(now - days * day).toISOString() },
});

test('an entry its source withdrew leaves a line in its place that says who, what kind and when, and nothing of what it said', () => {
  const { entries } = mapRecord([visit('after', 1), visit('before', 9)], context);
  const { rows, shown } = layOut({
    entries,
    now,
    watermark: -Infinity,
    status: 'all',
    filter: {},
    upcomingExpanded: false,
    gaps: [],
    withdrawn: withdrawnItems([stay], context),
  });
  const places = rows.filter(({ type }) => type === 'entry' || type === 'withdrawn').map(({ key }) => key);
  expect(places).toEqual(['entry:Encounter/after', 'withdrawn:Encounter/stay', 'entry:Encounter/before']);
  const line = rows.find(({ type }) => type === 'withdrawn');
  expect(line).toMatchObject({
    label:
      'Withdrawn by Whittington Hospital: hospital stay, shown here before. Its source marked it as entered in error.',
  });
  expect(JSON.stringify(line)).not.toMatch(/overdose/i);
  // It is no entry: neither counted nor opened.
  expect(shown).toBe(2);
});

test('a booking that was withdrawn stands at now, with the day it had been for', () => {
  const [item] = withdrawnItems([booking], context);
  expect(item).toMatchObject({ date: undefined, at: now, row: { type: 'withdrawn' } });
  expect(JSON.stringify(item)).not.toMatch(/toxicology/i);
});

test('while nothing was withdrawn there is no line', () => {
  expect(withdrawnItems([], context)).toEqual([]);
});
