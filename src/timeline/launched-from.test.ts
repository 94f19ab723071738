import { expect, it } from 'vitest';
import { sayWhereOpened } from './launched-from.ts';
import { toEntries } from './to-entries.ts';
import type { Encounter } from 'fhir/r4';

const visit = (id: string, code: string): Encounter => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { code },
  subject: { reference: 'Patient/p' },
  period: { start: '2026-03-01T10:00:00Z', end: '2026-03-04T10:00:00Z' },
});

const entries = toEntries([visit('a', 'IMP'), visit('b', 'AMB')], {
  now: Date.parse('2026-11-22'),
  included: new Map(),
  patientId: 'p',
});
const opened = (id: string | undefined) =>
  sayWhereOpened(entries, id).filter(({ detail }) => detail.some((words) => words.endsWith('opened from here')));

it('the stay or visit that the launch had in context says so, and no other', () => {
  expect(opened('a').map(({ key, detail }) => [key, detail[0]])).toEqual([
    ['Encounter/a', 'This stay: opened from here'],
  ]);
  expect(opened('b').map(({ detail }) => detail[0])).toEqual(['This visit: opened from here']);
});

it('without an encounter in context, or with one that was not read, none does', () => {
  expect(opened(undefined)).toEqual([]);
  expect(opened('c')).toEqual([]);
});
