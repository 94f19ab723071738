import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Entry, lanes, type State } from './entry.ts';
import { bandOf, layOut, type LayoutInput } from './layout.ts';
import { compareEntries } from './order.ts';
import type { Row } from './rows.ts';
import { entryOf, now, when } from './testing.ts';

const lay = (entries: Entry[], parts: Partial<LayoutInput> = {}) =>
  layOut({
    entries,
    now,
    watermark: -Infinity,
    status: 'all',
    filter: {},
    upcomingExpanded: false,
    gaps: [],
    ...parts,
  });

/** A row in one word, for reading a layout at a glance. */
function word(row: Row): string {
  switch (row.type) {
    case 'entry':
      return `${row.band} ${row.entry.key}`;
    case 'upcoming':
      return `${row.label} (${[row.count, `${row.folded} folded`, row.hides].filter((part) => part !== undefined).join(', ')})`;
    case 'month':
      return `${row.label} (${row.count})${row.newYear ? ' *' : ''}`;
    case 'untimed':
      return `${row.label} ${row.date} (${row.count})`;
    case 'discharge':
    case 'withdrawn':
      return `${row.date} ${row.label}`;
    case 'band':
      return `${row.label} (${[row.count, row.hides].filter((part) => part !== undefined).join(', ')})`;
    case 'now':
    case 'gap':
    case 'end':
      break;
  }
  return row.type;
}
const words = (entries: Entry[], parts: Partial<LayoutInput> = {}) => lay(entries, parts).rows.map(word);

const at = (key: string, start: string | undefined, parts: Partial<Entry> = {}) =>
  entryOf({ key, start: start === undefined ? undefined : when(start), ...parts });

describe('the order of the past (T1, T2)', () => {
  it('is newest first under months, a new year marked, the undated last', () => {
    expect(
      words([
        at('undated', undefined),
        at('old', '2025-12-31T23:30:00Z'),
        at('new', '2026-11-20T10:00:00Z'),
        at('mid', '2026-11-02T10:00:00Z'),
      ]),
    ).toEqual([
      'now',
      'November 2026 (2) *',
      'past new',
      'past mid',
      'December 2025 (1) *',
      'past old',
      'Date not known (1)',
      'undated undated',
      'end',
    ]);
  });

  it('puts a month under the days of that month, and a year at the end of that year', () => {
    expect(
      words([
        at('year', '2019'),
        at('month', '2019-04'),
        at('day', '2019-04-20'),
        at('january', '2019-01-01T00:00:00Z'),
      ]),
    ).toEqual([
      'now',
      'April 2019 (2) *',
      'past day',
      'Day not known Apr-2019 (1)',
      'past month',
      'January 2019 (1)',
      'past january',
      '2019, month not known (1)',
      'past year',
      'end',
    ]);
  });

  it('groups what has only a date under "Time not known", where the day has something else (misreading 21)', () => {
    expect(
      words([
        at('timed', '2026-11-14T10:00:00Z'),
        at('b', '2026-11-14'),
        at('a', '2026-11-14'),
        at('alone', '2026-11-13'),
      ]),
    ).toEqual([
      'now',
      'November 2026 (4) *',
      'past timed',
      'Time not known 14-Nov-2026 (2)',
      'past a',
      'past b',
      'past alone',
      'end',
    ]);
  });

  it('puts summer midnight on London’s day', () => {
    expect(words([at('late', '2026-07-31T23:30:00Z')])).toContain('August 2026 (1) *');
  });

  it('is total: any two entries stand one way round', () => {
    const entry = fc
      .tuple(
        fc.constantFrom(undefined, '2019', '2019-01', '2019-01-01', '2019-01-01T00:00:00Z', '2020'),
        fc.nat({ max: 4 }),
      )
      .map(([start, id]) => at(`k${id}`, start));
    fc.assert(
      fc.property(entry, entry, entry, (a, b, c) => {
        expect(Math.sign(compareEntries(a, b)) + Math.sign(compareEntries(b, a))).toBe(0);
        expect(a.key !== b.key && compareEntries(a, b) === 0).toBe(false);
        const chain = compareEntries(a, b) <= 0 && compareEntries(b, c) <= 0;
        expect(chain && compareEntries(a, c) > 0).toBe(false);
      }),
    );
  });
});

describe('what is open now (misreading 5)', () => {
  const stay = (key: string, start: string, parts: Partial<Entry> = {}) =>
    at(key, start, { kind: 'stay', lasting: true, state: 'open', title: 'Hospital stay: hip fracture', ...parts });

  it('a stay of 60 days stands under Now, though it began long ago and its page is not due', () => {
    const laid = lay([stay('stay', '2026-09-23T10:00:00Z'), at('gp', '2026-11-20')], {
      watermark: when('2026-11-01').start,
      status: 'loading',
    });
    expect(laid.rows.map(word)).toEqual(['now', 'Open now (1)', 'now stay', 'November 2026 (1) *', 'past gp', 'end']);
    expect(laid.held).toBe(0);
  });

  it('an open stay or package without a date is pinned as well', () => {
    expect(bandOf(entryOf({ key: 'x', lasting: true, state: 'open' }), now)).toBe('now');
  });

  it('a closed stay leaves a line at its end that points to it, and stands at its start', () => {
    const closed = stay('stay', '2026-09-23T10:00:00Z', { state: 'closed', end: when('2026-11-19T15:30:00Z') });
    expect(words([closed])).toEqual([
      'now',
      'November 2026 (0) *',
      '19-Nov-2026 15:30 End of hospital stay: hip fracture, which began 23-Sep-2026',
      'September 2026 (1)',
      'past stay',
      'end',
    ]);
    expect(lay([closed]).shown).toBe(1);
  });

  it('a stay that a filter hides is counted under Now: the band never looks empty by it (misreading 5)', () => {
    const open = [stay('a', '2026-11-01T10:00:00Z'), stay('b', '2026-10-01T10:00:00Z')];
    const one = (key: string) => ({ filter: { matches: (entry: Entry) => entry.key === key } });
    expect(words(open, one('a'))).toEqual(['now', 'Open now (1, the search hides 1)', 'now a', 'end']);
    expect(words(open, one('x'))).toEqual(['now', 'Open now (0, the search hides 2)', 'end']);
    expect(words(open)).toContain('Open now (2)');
  });

  it('a stay that ended on its first day, or before it began, leaves none', () => {
    const short = stay('s', '2026-11-01T10:00:00Z', { state: 'closed', end: when('2026-11-01T20:00:00Z') });
    const odd = stay('o', '2026-11-01T10:00:00Z', { state: 'closed', end: when('2026-10-01T20:00:00Z') });
    expect(words([short, odd]).filter((line) => line.includes('End of'))).toEqual([]);
  });
});

describe('the future', () => {
  const booked = (key: string, start: string, state: State = 'planned') => at(key, start, { kind: 'booking', state });
  const future = [
    booked('far', '2027-03-01T10:00:00Z'),
    booked('near', '2026-11-24T14:00:00Z'),
    booked('mid', '2026-12-01'),
  ];

  it('folds to the next booking and a count', () => {
    const laid = lay(future);
    expect(laid.rows.map(word)).toEqual(['Next booked (3, 2 folded)', 'upcoming near', 'now', 'end']);
    expect(laid).toMatchObject({ shown: 1, folded: 2, statements: 3 });
  });

  it('unfolded, the farthest stands first and the next one nearest to today', () => {
    expect(words(future, { upcomingExpanded: true })).toEqual([
      'Upcoming (3, 0 folded)',
      'upcoming far',
      'upcoming mid',
      'upcoming near',
      'now',
      'end',
    ]);
  });

  it('calls none the next one while a filter hides any, and says how many it hides', () => {
    const only = (...keys: string[]) => ({ matches: ({ key }: Entry) => keys.includes(key) });
    expect(words(future, { filter: only('far', 'mid') })).toEqual([
      'Upcoming (2, 1 folded, the search hides 1)',
      'upcoming mid',
      'now',
      'end',
    ]);
    expect(words(future, { filter: only() })[0]).toBe('Upcoming (0, 0 folded, the search hides 3)');
    expect(words(future, { filter: { lanes: { how: 'hide', values: ['gp', 'hospital'] } } })[0]).toMatch(
      /filters hide 3/,
    );
  });

  it('never calls a cancelled booking the next one', () => {
    expect(words([...future, booked('off', '2026-11-23T10:00:00Z', 'cancelled')])[1]).toBe('upcoming near');
  });

  it('calls nothing the next booking while nearer ones may still load', () => {
    expect(words(future, { watermark: when('2026-11-23').start, status: 'loading' })).toEqual([
      'Bookings are loading (3, 3 folded)',
      'now',
      'end',
    ]);
  });

  it('holds what is planned for today without a time', () => {
    expect(words([booked('today', '2026-11-22')])).toContain('upcoming today');
    expect(words([booked('today', '2026-11-22', 'unknown')])).toContain('past today');
  });
});

describe('while pages load (T2)', () => {
  it('nothing older than the watermark is shown, and nothing undated', () => {
    const laid = lay([at('new', '2026-11-20'), at('old', '2026-10-20'), at('undated', undefined)], {
      watermark: when('2026-11-01').start,
      status: 'loading',
    });
    expect(laid.rows.map(word)).toEqual(['now', 'November 2026 (1) *', 'past new', 'end']);
    expect(laid).toMatchObject({ shown: 1, held: 2, undated: 0 });
    expect(laid.rows.at(-1)).toMatchObject({ label: 'Entries before 01-Nov-2026 are loading.', complete: false });
  });

  it('a stop keeps older ones back, but shows what has no date', () => {
    const laid = lay([at('old', '2026-10-20'), at('undated', undefined)], {
      watermark: when('2026-11-01').start,
      status: 'stopped',
    });
    expect(laid).toMatchObject({ shown: 1, held: 1, undated: 1 });
    expect(laid.rows.at(-1)).toMatchObject({ label: 'Loading stopped. Entries before 01-Nov-2026 are not shown.' });
  });

  it('before the first pages only the line of today stands', () => {
    expect(words([at('x', '2026-11-20')], { watermark: Infinity, status: 'loading' })).toEqual(['now', 'end']);
  });
});

describe('a stream that failed leaves a hole (T3)', () => {
  const gap = (from: number | undefined) => ({
    stream: 'Encounter',
    streamName: 'Visits, stays and calls',
    sources: ['University College Hospital records (Carecast)'],
    from,
  });

  it('marked where its reading broke off', () => {
    const entries = [at('new', '2026-11-20'), at('old', '2026-10-20')];
    const laid = lay(entries, { gaps: [gap(when('2026-11-01').start)] });
    expect(laid.rows.map((row) => row.type)).toEqual(['now', 'month', 'entry', 'gap', 'month', 'entry', 'end']);
    expect(laid.rows[3]).toMatchObject({
      key: 'gap:Encounter',
      label:
        'Visits, stays and calls from University College Hospital records (Carecast) could not be read. Entries may be missing from here down.',
    });
    expect(laid.rows.at(-1)).toMatchObject({ complete: false });
  });

  it('marked above everything when nothing of it was read', () => {
    expect(words([at('x', '2026-11-20')], { gaps: [gap(undefined)] })[0]).toBe('gap');
  });

  it('never reads as an empty record', () => {
    const { rows } = lay([], { gaps: [gap(undefined)] });
    expect(rows.at(-1)).toMatchObject({ label: 'End of what could be read. Entries may be missing.', complete: false });
    expect(lay([]).rows.at(-1)).toMatchObject({
      label: 'Connected sources sent no entries. This does not mean no care was given.',
    });
  });
});

describe('a person who is only booked so far', () => {
  const booked = entryOf({
    key: 'Appointment/b',
    state: 'planned',
    kind: 'booking',
    start: when('2026-12-01T10:00:00Z'),
  });
  const empty = 'Connected sources sent no entry from before now. This does not mean no care was given.';

  it('has an empty past in words, not in silence', () => {
    expect(lay([booked]).rows.at(-1)).toMatchObject({ type: 'end', label: empty, complete: true });
    expect(lay([booked, at('seen', '2026-11-20')]).rows.at(-1)).not.toMatchObject({ label: empty });
    expect(lay([booked, at('undated', undefined)]).rows.at(-1)).not.toMatchObject({ label: empty });
  });

  it('is not said to have none while older pages are loading or could not be read', () => {
    const gap = { stream: 'Encounter', streamName: 'Visits, stays and calls', sources: [], from: undefined };
    expect(lay([booked], { gaps: [gap] }).rows.at(-1)).toMatchObject({ complete: false });
    expect(lay([booked], { status: 'loading', watermark: when('2026-11-01').start }).rows.at(-1)).toMatchObject({
      complete: false,
    });
  });
});

describe('any record, any filter, any moment of loading', () => {
  const start = fc.oneof(
    fc.constantFrom(undefined, '2019', '2019-01', '2019-01-01', '1948', '2026-11-22', '2026-11'),
    fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2028, 0, 1) }).map((time) => new Date(time).toISOString()),
    fc.integer({ min: Date.UTC(2026, 9, 24), max: Date.UTC(2026, 9, 26) }).map((time) => new Date(time).toISOString()),
  );
  const parts = fc.record({
    start,
    end: start,
    state: fc.constantFrom<State>('planned', 'open', 'closed', 'cancelled', 'missed', 'unknown'),
    kind: fc.constantFrom<Entry['kind']>('stay', 'package', 'visit', 'booking'),
    lane: fc.constantFrom(...lanes),
    lasting: fc.boolean(),
  });
  const entries = fc.array(parts, { maxLength: 40 }).map((list) =>
    list.map((item, id) =>
      entryOf({
        ...item,
        key: `Encounter/${id}`,
        start: item.start === undefined ? undefined : when(item.start),
        end: item.end === undefined ? undefined : when(item.end),
      }),
    ),
  );
  const input = fc.record({
    entries,
    watermark: fc.oneof(fc.constantFrom(Infinity, -Infinity), fc.integer({ min: Date.UTC(2000, 0, 1), max: now })),
    status: fc.constantFrom<LayoutInput['status']>('loading', 'stopped', 'all'),
    upcomingExpanded: fc.boolean(),
    filter: fc.oneof(
      fc.constant({}),
      fc.subarray([...lanes]).map((some) => ({ lanes: { how: 'only' as const, values: some } })),
    ),
    gaps: fc.constantFrom([], [{ stream: 'Task', streamName: 'Assessments', sources: [], from: Date.UTC(2019, 0, 1) }]),
  });

  it('loses no entry, doubles none, and gives every row its own key', () => {
    fc.assert(
      fc.property(input, (given) => {
        const laid = layOut({ ...given, now });
        const rows = laid.rows.filter((row) => row.type === 'entry');
        expect(new Set(laid.rows.map((row) => row.key)).size).toBe(laid.rows.length);
        expect(new Set(rows.map((row) => row.entry.key)).size).toBe(rows.length);
        expect(rows.length).toBe(laid.shown);
        expect(laid.shown + laid.folded + laid.hidden + laid.held).toBe(given.entries.length);
        expect(rows.map((row) => row.position)).toEqual(rows.map((_, place) => place + 1));
        expect(laid.rows.filter((row) => row.type === 'gap')).toHaveLength(given.gaps.length);
        expect(laid.standing.length).toBe(laid.shown + laid.folded + laid.hidden);
        for (const band of ['now', 'upcoming'] as const) {
          const all = laid.standing.filter((entry) => bandOf(entry, now) === band).length;
          const left = rows.filter((row) => row.band === band).length + (band === 'upcoming' ? laid.folded : 0);
          // The last word of what the band's head says is hidden.
          const said = laid.rows.flatMap((row) =>
            (row.type === 'band' && row.band === band) || (row.type === 'upcoming' && band === 'upcoming')
              ? [row.hides?.split(' ').at(-1)]
              : [],
          );
          expect(Number(said.find((number) => number !== undefined) ?? 0)).toBe(all - left);
        }
        const heading = laid.rows.filter((row) => row.type === 'month').reduce((sum, row) => sum + row.count, 0);
        expect(heading).toBe(rows.filter((row) => row.band === 'past').length);
      }),
      { numRuns: 400 },
    );
  });

  it('never shows in the past what is older than the watermark, and keeps its order', () => {
    fc.assert(
      fc.property(input, (given) => {
        const past = layOut({ ...given, now }).rows.filter((row) => row.type === 'entry' && row.band === 'past');
        const starts = past.map((row) => (row.type === 'entry' ? (row.entry.start?.start ?? NaN) : NaN));
        const mark = given.watermark === Infinity ? now + 1 : given.watermark;
        expect(starts.filter((instant) => instant < mark)).toEqual([]);
        expect(starts).toEqual(starts.toSorted((a, b) => b - a));
      }),
      { numRuns: 400 },
    );
  });

  it('as the watermark sinks, rows are only added below what already stands', () => {
    const lasting = (entry: Entry) => entry.kind === 'stay' && entry.state === 'closed';
    fc.assert(
      fc.property(entries, fc.integer({ min: Date.UTC(1990, 0, 1), max: now }), (all, mark) => {
        // Discharge lines may come in above: their stay is not known before its own page. All else only adds below.
        // So may what is planned for this month or year: it lies ahead, but sorts at the start of its span.
        const vague = (entry: Entry) => bandOf(entry, now) === 'upcoming' && (entry.start?.start ?? 0) < mark;
        const list = all.filter((entry) => !lasting(entry) && !(vague(entry) && entry.start?.precision !== 'day'));
        const keysOf = (watermark: number) =>
          lay(list, { watermark, status: 'loading', upcomingExpanded: true })
            // What is pinned under Now stands from the first moment: bookings unfold above it.
            .rows.filter((row) => row.type === 'entry' && row.band !== 'now')
            .map((row) => row.key);
        const before = keysOf(mark);
        expect(keysOf(mark - 400 * 86_400_000).slice(0, before.length)).toEqual(before);
      }),
    );
  });

  it('lays out 10,000 entries quickly', () => {
    const many = Array.from({ length: 10_000 }, (_, id) =>
      at(`Encounter/${id}`, new Date(now - id * 3_333_333).toISOString()),
    );
    lay(many);
    const began = performance.now();
    const laid = lay(many);
    expect(laid.shown).toBe(10_000);
    expect(performance.now() - began).toBeLessThan(1500);
  });
});
