import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AuditLine } from '../audit/lines.ts';
import { foldLines } from './fold.ts';

const doctor = { id: '555900000001', name: 'Dr Ada Byrne', role: 'R0260', organisation: 'F83004' };

function line(minutesAgo: number, more: Partial<AuditLine> = {}): AuditLine {
  return {
    id: String(minutesAgo),
    at: new Date(Date.parse('2026-11-22T12:00:00Z') - minutesAgo * 60_000).toISOString(),
    patient: 'p1',
    user: doctor,
    client: 'care-timeline',
    openedFrom: 'emis',
    reason: undefined,
    purpose: 'TREAT',
    action: 'search',
    type: 'Encounter',
    query: undefined,
    outcome: 'served',
    detail: undefined,
    requestId: undefined,
    ...more,
  };
}

it('one reading of a record is one row, whatever was read; the next one is another', () => {
  const folded = foldLines([
    line(0),
    line(1, { type: 'Flag' }),
    line(1, { action: 'include', type: undefined }),
    line(40),
  ]);
  expect(folded).toMatchObject([
    { count: 3, types: ['Encounter', 'Flag'], since: '2026-11-22T11:59:00.000Z' },
    { count: 1, types: ['Encounter'] },
  ]);
});

it.each<[string, Partial<AuditLine>]>([
  ['another person’s record', { patient: 'p2' }],
  ['somebody else of that id', { user: { ...doctor, organisation: 'RKE' } }],
  ['a refusal', { outcome: 'refused' }],
  ['broken glass', { action: 'break-glass' }],
  ['what was read through it', { purpose: 'BTG' }],
  ['a print', { action: 'print' }],
  ['another reason', { reason: 'A call' }],
])('%s stands for itself', (_what, more) => {
  expect(foldLines([line(0), line(0, more), line(0)])).toHaveLength(3);
});

it('loses no line', () => {
  const some = fc.array(
    fc.record({
      ago: fc.nat({ max: 60 }),
      action: fc.constantFrom('search', 'read', 'print', 'launch'),
      patient: fc.constantFrom('p1', 'p2'),
      outcome: fc.constantFrom('served' as const, 'refused' as const),
    }),
  );
  fc.assert(
    fc.property(some, (all) => {
      const lines = all.toSorted((a, b) => a.ago - b.ago).map(({ ago, ...more }) => line(ago, more));
      const folded = foldLines(lines);
      expect(folded.reduce((sum, { count }) => sum + count, 0)).toBe(lines.length);
      for (const each of folded) expect(each.since <= each.line.at).toBe(true);
    }),
  );
});
