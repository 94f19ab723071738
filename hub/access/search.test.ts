import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { upsertRows } from '../store/resources.ts';
import type { Span } from '../store/rows.ts';
import { eachEngine } from '../store/testing.ts';
import { searchRows } from './gate.ts';
import type { DateCondition, Position } from './row-query.ts';
import { newQuery, newRow, readerOf } from './testing.ts';

const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString();
const spanOf = (from: number | undefined, to: number | undefined): Span => ({
  start: from === undefined ? undefined : day(from),
  end: to === undefined ? undefined : day(to),
});

// Few days, so that spans touch, nest, overlap and fall together often.
const arbitraryDay = fc.integer({ min: 0, max: 6 });
const arbitrarySpan = fc.oneof(
  fc.tuple(arbitraryDay, fc.integer({ min: 1, max: 4 })).map(([from, days]) => spanOf(from, from + days)),
  arbitraryDay.map((from) => spanOf(from, undefined)),
  arbitraryDay.map((to) => spanOf(undefined, to)),
  fc.constant(spanOf(undefined, undefined)),
  fc.constant(undefined),
);
const prefixes = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'sa', 'eb'] as const;

/** The eight prefixes one at a time, in words of the standard, over times as numbers. */
function matchesSlowly(span: Span | undefined, { prefix, span: asked }: DateCondition): boolean {
  if (span === undefined || (span.start === undefined && span.end === undefined)) return false;
  const start = span.start === undefined ? -Infinity : Date.parse(span.start);
  const end = span.end === undefined ? Infinity : Date.parse(span.end);
  const [from, to] = [Date.parse(asked.start), Date.parse(asked.end)];
  const searchedHoldsIt = from <= start && end <= to;
  const reachesAbove = end > to;
  const reachesBelow = start < from;
  switch (prefix) {
    case 'eq':
      return searchedHoldsIt;
    case 'ne':
      return !searchedHoldsIt;
    case 'gt':
      return reachesAbove;
    case 'ge':
      return reachesAbove || searchedHoldsIt;
    case 'lt':
      return reachesBelow;
    case 'le':
      return reachesBelow || searchedHoldsIt;
    case 'sa':
      return start >= to;
    case 'eb':
      return end <= from;
    default:
      return prefix satisfies never;
  }
}

eachEngine('Searching one person', ({ db }) => {
  const idsOf = async (patient: string, more: Parameters<typeof newQuery>[0]) =>
    (await searchRows(db(), readerOf(patient), newQuery(more))).rows.map(({ id }) => id);

  test('every date prefix finds what the standard says, over spans with open and missing sides', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitrarySpan, { minLength: 8, maxLength: 24 }),
        fc.tuple(arbitraryDay, fc.integer({ min: 1, max: 3 })),
        fc.constantFrom('date', 'authored'),
        async (spans, [from, days], field) => {
          const patient = randomUUID();
          const rows = spans.map((span, i) => newRow(patient, `e${i}`, { [field]: span }));
          await upsertRows(db(), rows);
          for (const prefix of prefixes) {
            const condition = { field, prefix, span: { start: day(from), end: day(from + days) } } as const;
            const found = await idsOf(patient, { dates: [condition] });
            const expected = spans.flatMap((span, i) => (matchesSlowly(span, condition) ? [`e${i}`] : []));
            expect([prefix, found.sort()]).toEqual([prefix, expected.sort()]);
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  test('a stay that is still running is found from today on', async () => {
    const patient = randomUUID();
    await upsertRows(db(), [newRow(patient, 'running', { date: spanOf(0, undefined) })]);
    const today = { start: day(300), end: day(301) };
    expect(await idsOf(patient, { dates: [{ field: 'date', prefix: 'ge', span: today }] })).toEqual(['running']);
    expect(await idsOf(patient, { dates: [{ field: 'date', prefix: 'eb', span: today }] })).toEqual([]);
  });

  test('what was received since a moment is found by when it was written, to the millisecond', async () => {
    const patient = randomUUID();
    await upsertRows(db(), [newRow(patient, 'e1')]);
    const [first] = (await searchRows(db(), readerOf(patient), newQuery())).rows;
    const at = Date.parse(first!.updated);
    const span = { start: first!.updated, end: new Date(at + 1).toISOString() };
    const found = (prefix: DateCondition['prefix']) => idsOf(patient, { dates: [{ field: 'updated', prefix, span }] });
    expect(await found('eq')).toEqual(['e1']);
    expect(await found('ge')).toEqual(['e1']);
    expect(await found('gt')).toEqual([]);
    expect(await found('lt')).toEqual([]);
  });

  test('any token of a group, every group; and a missing parameter by its prefix', async () => {
    const patient = randomUUID();
    await upsertRows(db(), [
      newRow(patient, 'a', { tokens: ['status|finished', 'class|AMB', 'encounter=Encounter/1'] }),
      newRow(patient, 'b', { tokens: ['status|planned', 'class|AMB'] }),
      newRow(patient, 'c', { tokens: ['status|finished', 'class|IMP', 'encounterless|x'] }),
    ]);
    const found = async (more: Parameters<typeof newQuery>[0]) => (await idsOf(patient, more)).join('');
    expect(await found({ tokens: [['status|finished']] })).toBe('ac');
    expect(await found({ tokens: [['status|finished', 'status|planned'], ['class|AMB']] })).toBe('ab');
    expect(await found({ tokens: [[]] })).toBe('');
    expect(await found({ missing: [{ prefix: 'encounter=', missing: true }] })).toBe('bc');
    expect(await found({ missing: [{ prefix: 'encounter=', missing: false }] })).toBe('a');
    expect(await found({ ids: ['c', 'a', 'nobody'] })).toBe('ac');
    expect(await found({ ids: [] })).toBe('');
  });

  test('an address with a NUL, half a character or a year past 9999 is answered, not failed on', async () => {
    const patient = randomUUID();
    await upsertRows(db(), [newRow(patient, 'e1', { date: spanOf(0, undefined), tokens: ['code|a\0'] })]);
    expect(await idsOf(patient, { tokens: [['code|a\0']] })).toEqual(['e1']);
    expect(await idsOf(patient, { ids: ['\0', '\ud800'] })).toEqual([]);
    const span = { start: '9999-01-01T00:00:00.000Z', end: '+010000-01-01T00:00:00.000Z' };
    expect(await idsOf(patient, { dates: [{ field: 'date', prefix: 'lt', span }] })).toEqual(['e1']);
    expect(await idsOf(patient, { dates: [{ field: 'date', prefix: 'gt', span }] })).toEqual([]);
  });

  test('what somebody types never becomes SQL', async () => {
    const patient = randomUUID();
    const quote = `'; drop table resource; --`;
    await upsertRows(db(), [newRow(patient, quote, { tokens: [`code|${quote}`] })]);
    expect(await idsOf(patient, { ids: [quote], tokens: [[`code|${quote}`]] })).toEqual([quote]);
    expect(await idsOf(quote, { missing: [{ prefix: quote, missing: true }] })).toEqual([]);
  });

  test('paging through while rows arrive shows each row that was there exactly once, in order', async () => {
    const dates = fc.array(arbitrarySpan, { minLength: 1, maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(
        dates,
        dates,
        fc.boolean(),
        fc.integer({ min: 1, max: 5 }),
        async (before, arriving, descending, limit) => {
          const patient = randomUUID();
          await upsertRows(
            db(),
            before.map((date, i) => newRow(patient, `old${i}`, { date })),
          );
          const seen: string[] = [];
          let after: Position | undefined;
          let page = 0;
          do {
            const query = newQuery({ limit, after, sort: { field: 'date', descending } });
            const found = await searchRows(db(), readerOf(patient), query);
            expect(found.rows.length).toBeLessThanOrEqual(limit);
            seen.push(...found.rows.map(({ id }) => id));
            after = found.next;
            const date = arriving[page];
            await upsertRows(db(), [newRow(patient, `new${page}`, { date })]);
            page += 1;
          } while (after !== undefined);
          const old = seen.filter((id) => id.startsWith('old'));
          expect(new Set(seen).size).toBe(seen.length);
          const place = (id: string) => {
            const span = before[Number(id.slice(3))];
            return span?.start ?? span?.end;
          };
          const expected = before
            .map((_, i) => `old${i}`)
            .sort((a, b) => compare(place(a), place(b), descending) || (a < b ? -1 : 1));
          expect(old).toEqual(expected);
        },
      ),
      { numRuns: 12 },
    );
  });

  test('a page that ends exactly with the last row has no next', async () => {
    const patient = randomUUID();
    await upsertRows(db(), [newRow(patient, 'a'), newRow(patient, 'b')]);
    expect((await searchRows(db(), readerOf(patient), newQuery({ limit: 2 }))).next).toBeUndefined();
    const first = await searchRows(db(), readerOf(patient), newQuery({ limit: 1 }));
    expect(first.next).toEqual({ date: undefined, id: 'a' });
  });

  test('by when it was written: paging loses no row of one batch, all written in the same instant', async () => {
    const patient = randomUUID();
    await upsertRows(
      db(),
      Array.from({ length: 7 }, (_, i) => newRow(patient, `e${i}`)),
    );
    const seen: string[] = [];
    let after: Position | undefined;
    do {
      const query = newQuery({ limit: 3, after, sort: { field: 'updated', descending: true } });
      const found = await searchRows(db(), readerOf(patient), query);
      seen.push(...found.rows.map(({ id }) => id));
      after = found.next;
    } while (after !== undefined);
    expect(seen).toEqual(['e0', 'e1', 'e2', 'e3', 'e4', 'e5', 'e6']);
  });
});

/** Without a date last, whichever way the order runs. */
function compare(a: string | undefined, b: string | undefined, descending: boolean): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b === descending ? 1 : -1;
}
