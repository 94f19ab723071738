import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompletenessFacts } from '../completeness.ts';
import type { Entry } from '../entry.ts';
import { layOut, type LayoutInput } from '../layout.ts';
import { entryOf, now, when } from '../testing.ts';
import { endWords, entriesOfPeriod, paperWords } from './paper-words.ts';
import { type Period, periodOf } from './period.ts';

const day = 86_400_000;
const year: Period = { from: now - 365 * day, to: undefined, words: 'the last 12 months' };
const everything: Period = { from: undefined, to: undefined, words: 'everything that is loaded' };

const facts = (parts: Partial<CompletenessFacts> = {}): CompletenessFacts => ({
  shown: 2,
  folded: 0,
  statements: 2,
  hidden: 0,
  held: 0,
  undated: 0,
  withdrawn: 0,
  completeTo: 'all',
  status: 'all',
  failedStreams: [],
  sources: [{ id: 'emis', name: 'EMIS', status: 'ok', asAt: undefined, startsFrom: undefined }],
  sourcesRead: 'read',
  withheld: 'none',
  strangers: 0,
  offline: false,
  readAt: now,
  ...parts,
});

const layout = (entries: readonly Entry[], parts: Partial<LayoutInput> = {}) =>
  layOut({ entries, now, watermark: -Infinity, status: 'all', filter: {}, upcomingExpanded: true, gaps: [], ...parts });

const visit = (key: string, start: string, parts: Partial<Entry> = {}) =>
  entryOf({ key, start: when(start), ...parts });
const iso = (instant: number) => new Date(instant).toISOString();

const input = (parts: Partial<Parameters<typeof paperWords>[0]> = {}) => ({
  period: year,
  layout: layout([visit('a', iso(now - day)), visit('b', iso(now - 2 * day))]),
  facts: facts(),
  slow: [],
  filtered: undefined,
  ...parts,
});

describe('what goes into a period', () => {
  it('what began in it, what reached into it, what is still open, and what has no date', () => {
    const before = iso(now - 400 * day);
    const kept = entriesOfPeriod(
      [
        visit('recent', iso(now - day)),
        visit('booked', iso(now + day), { state: 'planned' }),
        visit('long ago', before),
        visit('stay that reached in', before, { lasting: true, end: when(iso(now - 300 * day)) }),
        visit('stay that ended before', before, { lasting: true, end: when(iso(now - 390 * day)) }),
        visit('open package', before, { lasting: true, state: 'open' }),
        entryOf({ key: 'undated' }),
      ],
      year,
    );
    expect(kept.map(({ key }) => key)).toEqual(['recent', 'booked', 'stay that reached in', 'open package', 'undated']);
  });

  it('a day before the first is out, the first and the last day are whole', () => {
    const march = periodOf('chosen', now, '2026-03-01', '2026-03-31');
    if (typeof march === 'string') throw new Error(march);
    const entries = ['2026-02-28', '2026-03-01', '2026-03', '2026-03-31T23:59:00+01:00', '2026-04-01'];
    expect(
      entriesOfPeriod(
        entries.map((start) => visit(start, start)),
        march,
      ).map(({ key }) => key),
    ).toEqual(['2026-03-01', '2026-03', '2026-03-31T23:59:00+01:00']);
  });

  it('every entry of two periods side by side is in one of them at least', () => {
    const instants = fc.array(fc.integer({ min: now - 1000 * day, max: now + 100 * day }), { maxLength: 30 });
    fc.assert(
      fc.property(instants, fc.integer({ min: now - 900 * day, max: now }), (starts, cut) => {
        const entries = starts.map((start, index) => visit(String(index), iso(start)));
        const first = entriesOfPeriod(entries, { from: undefined, to: cut, words: '' });
        const second = entriesOfPeriod(entries, { from: cut, to: undefined, words: '' });
        expect(new Set([...first, ...second]).size).toBe(entries.length);
      }),
    );
  });
});

describe('what a document says about itself (T13)', () => {
  it('how many entries of which period, that no filter was followed, and when it was read', () => {
    const { scope, gaps } = paperWords(input());
    expect(scope[0]).toBe('2 entries of the last 12 months.');
    expect(scope).toContain('No filter: every entry of the period that is loaded is here.');
    expect(scope.join(' ')).toMatch(/Read from the record service at \d{2}-[A-Z][a-z]{2}-\d{4} \d{2}:\d{2}\./);
    expect(gaps).toEqual([]);
  });

  it('filters it follows, by name, and how many entries they leave out', () => {
    const { scope } = paperWords(input({ filtered: { hidden: 3, words: 'Care setting: without GP' } }));
    expect(scope).toContain('Filters are followed: Care setting: without GP. They leave out 3 entries of the period.');
    expect(scope.join(' ')).not.toContain('No filter');
  });

  it('a period that loading has not reached the beginning of', () => {
    const { gaps } = paperWords(input({ facts: facts({ completeTo: '2026-06-01', status: 'stopped' }) }));
    expect(gaps[0]).toBe('This period is complete only back to 01-Jun-2026. Earlier entries are missing or may be.');
  });

  it('nothing of that where loading has come further back than the period', () => {
    const { gaps } = paperWords(input({ facts: facts({ completeTo: '2020-06-01', status: 'stopped' }) }));
    expect(gaps).toEqual([]);
  });

  it('a source that failed, one that does not answer, and bookings that were still loading', () => {
    const failed = { stream: 'Task', streamName: 'Care assessments', sources: ['liquidlogic'], at: now };
    const booked = visit('booked', iso(now + day), { state: 'planned' });
    const { gaps } = paperWords(
      input({
        layout: layout([booked], { watermark: now + 2 * day, status: 'loading' }),
        facts: facts({ completeTo: 'none', failedStreams: [failed] }),
        slow: ['Letters'],
      }),
    );
    expect(gaps.join(' ')).toMatch(
      /Care assessments from .* could not be read at .* Letters have not been read yet: no answer so far/,
    );
    expect(gaps).toContain('No part of this period was read whole. Entries are missing.');
  });

  it('the withheld notice and the standing one, and nothing else changes for it (misreading 17)', () => {
    const open = paperWords(input());
    const withheld = paperWords(input({ facts: facts({ withheld: 'some' }) }));
    expect(withheld.notes.filter((note) => !open.notes.includes(note))).toEqual([
      'Some information is not shown to you, for privacy.',
    ]);
    expect(open.notes.filter((note) => !withheld.notes.includes(note))).toEqual([]);
    expect({ ...withheld, notes: [] }).toEqual({ ...open, notes: [] });
  });
});

describe('the end of a document', () => {
  it('a period with nothing in it is not told as no care', () => {
    expect(endWords(input({ layout: layout([]) }))).toMatch(
      /^No entry of this period among what is loaded\. .* no care/,
    );
  });

  it('the end of a period is not told as the end of a record', () => {
    expect(endWords(input())).toMatch(/There may be more outside its period/);
  });

  it('only a whole record read whole ends as one', () => {
    expect(endWords(input({ period: everything }))).toMatch(/^End of what the connected sources sent/);
    const cut = facts({ completeTo: '2020-01-01' });
    expect(endWords(input({ period: everything, facts: cut }))).toMatch(/There may be more/);
  });
});
