import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Entry, lanes as settings, type State } from '../entry.ts';
import { passes } from '../filter.ts';
import { entryOf, when } from '../testing.ts';
import { countsAround, overviewOf } from './lanes.ts';
import { marksOf, outlineOf } from './marks.ts';
import { spanOf } from './months.ts';

const states: State[] = ['planned', 'open', 'closed', 'cancelled', 'missed', 'unknown'];
const isoDays = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const dates = fc
  .tuple(isoDays, fc.constantFrom(4, 7, 10, 24))
  .map(([text, precision]) => when(text.slice(0, precision)));
const anyEntry = fc
  .record({
    key: fc.uuid(),
    lane: fc.constantFrom(...settings),
    state: fc.constantFrom(...states),
    lasting: fc.boolean(),
    start: fc.option(dates, { nil: undefined }),
    end: fc.option(dates, { nil: undefined }),
  })
  .map((parts) => entryOf(parts));
const records = fc.array(anyEntry, { maxLength: 60 });
const spans = fc
  .record({ first: fc.integer({ min: 1948 * 12, max: 2029 * 12 }), months: fc.integer({ min: 1, max: 400 }) })
  .map(spanOf);
const everything = spanOf({ first: 1900 * 12, months: 200 * 12 });

const stay = (start: string, end: string | undefined, more: Partial<Entry> = {}) =>
  entryOf({
    key: `${start} ${end}`,
    lasting: true,
    state: end === undefined ? 'open' : 'closed',
    start: when(start),
    end: end === undefined ? undefined : when(end),
    ...more,
  });

describe('the overview of a record', () => {
  test('counts each entry exactly once, as a point, a bar or without a date, in its own setting', () => {
    fc.assert(
      fc.property(records, (entries) => {
        const overview = overviewOf(entries);
        expect(overview.lanes.map(({ lane }) => lane)).toEqual(
          settings.filter((lane) => entries.some((entry) => entry.lane === lane)),
        );
        for (const { lane, points, bars, undated } of overview.lanes) {
          const its = entries.filter((entry) => entry.lane === lane);
          expect(points.length + bars.length + undated).toBe(its.length);
        }
        expect(overview.starts.length + overview.undated).toBe(entries.length);
      }),
    );
  });

  test('what lies before, within and after a window adds up to all, and within is what a filter on it would show', () => {
    fc.assert(
      fc.property(records, spans, (entries, span) => {
        const overview = overviewOf(entries);
        const { before, within, after } = countsAround(overview, span);
        expect(before + within + after + overview.undated).toBe(entries.length);
        expect(within + overview.undated).toBe(entries.filter((entry) => passes(entry, span)).length);
        expect(Math.min(before, within, after)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('reads each entry as often in a record of 10,000 as in one of 1,000: the work grows with the record, no faster', () => {
    const readsOf = (size: number) => {
      let reads = 0;
      const entries = Array.from({ length: size }, (_, index) => {
        const start = when(new Date(Date.UTC(2026, 10, 1) - index * 86_400_000).toISOString());
        const entry = entryOf({ key: `Encounter/${index}` });
        Object.defineProperty(entry, 'start', {
          get: () => {
            reads += 1;
            return start;
          },
        });
        return entry;
      });
      overviewOf(entries);
      return reads;
    };
    expect(readsOf(10_000)).toBe(10 * readsOf(1000));
  });
});

describe('a bar', () => {
  test('covers from the start to the end of what lasts, unbroken', () => {
    const { lanes } = overviewOf([stay('2026-11-14T02:41:00Z', '2026-11-19')]);
    const bar = lanes[0]?.bars[0];
    expect(bar).toEqual({ start: Date.parse('2026-11-14T02:41:00Z'), end: Date.parse('2026-11-20T00:00:00Z') });
  });

  test('runs on past now while it is open', () => {
    const { lanes } = overviewOf([stay('2005-01-01', undefined)]);
    const [lane] = lanes;
    const window = spanOf({ first: 2024 * 12 + 10, months: 27 });
    expect(lane && marksOf(lane, window, 1).bars).toEqual([
      { ...window, starts: false, ends: false, open: true, track: 0 },
    ]);
  });

  test('is not drawn for what was called off, nor where nobody knows its end: that is a point', () => {
    const cancelled = stay('2026-12-01', '2026-12-05', { state: 'cancelled' });
    const endless = stay('2020-01-01', undefined, { state: 'closed' });
    const { lanes } = overviewOf([cancelled, endless]);
    expect(lanes[0]?.bars).toEqual([]);
    expect(lanes[0]?.points.length).toBe(2);
  });

  test('that overlaps another lies on a track of its own, and keeps it while the window moves', () => {
    const { lanes } = overviewOf([stay('2026-01-01', '2026-06-01'), stay('2026-05-01', '2026-09-01')]);
    const [lane] = lanes;
    const tracks = (first: number) =>
      lane && marksOf(lane, spanOf({ first, months: 3 }), 1).bars.map(({ track }) => track);
    expect(tracks(2026 * 12 + 3)).toEqual([0, 1]);
    expect(tracks(2026 * 12 + 6)).toEqual([1]);
  });
});

describe('what a lane draws', () => {
  test('every point in the window is drawn by itself or counted in exactly one crowd, and every bar there is drawn', () => {
    fc.assert(
      fc.property(records, spans, fc.integer({ min: 1, max: 50 }), (entries, span, parts) => {
        for (const lane of overviewOf(entries).lanes) {
          const { points, crowds, bars } = marksOf(lane, span, (span.to - span.from) / parts);
          const inside = [...lane.points].filter((at) => at >= span.from && at < span.to);
          expect(points.length + crowds.reduce((sum, { count }) => sum + count, 0)).toBe(inside.length);
          expect(points.every((at) => inside.includes(at))).toBe(true);
          const there = lane.bars.filter(({ start, end }) => start < span.to && end > span.from);
          expect(bars.length).toBe(there.length);
          for (const [index, bar] of bars.entries()) {
            expect(bar.from).toBe(Math.max(there[index]?.start ?? NaN, span.from));
            expect(bar.to).toBe(Math.min(there[index]?.end ?? NaN, span.to));
          }
        }
      }),
    );
  });

  test('101 visits on one day are one crowd that says 101', () => {
    const visits = Array.from({ length: 101 }, (_, index) =>
      entryOf({ key: `Encounter/${index}`, lane: 'gp', start: when('2026-03-03') }),
    );
    const [lane] = overviewOf(visits).lanes;
    const marks = lane && marksOf(lane, spanOf({ first: 2026 * 12, months: 12 }), 20 * 86_400_000);
    expect(marks?.points).toEqual([]);
    expect(marks?.crowds.map(({ count }) => count)).toEqual([101]);
  });

  test('the outline of a life holds every point once', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 300 }), (entries, buckets) => {
        const { points } = overviewOf(entries);
        const outline = outlineOf(points, everything, buckets);
        expect(outline.reduce((sum, count) => sum + count, 0)).toBe(points.length);
      }),
    );
  });
});
