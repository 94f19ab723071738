import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceFacts } from '../source-words.ts';
import { loadShare } from './load-share.ts';

const readAt = Date.UTC(2026, 0, 1);
const source = (startsFrom: string | undefined, status: SourceFacts['status'] = 'ok'): SourceFacts => ({
  id: 'emis',
  name: 'GP records',
  status,
  asAt: undefined,
  startsFrom,
});
const share = (completeTo: string, ...sources: SourceFacts[]) => loadShare({ completeTo, sources, readAt });

describe('the bar of a record that is loading says how far back it has got (T12)', () => {
  it('as a share of the time that the sources cover, from the one that goes back furthest', () => {
    expect(share('2016-01-01', source('2006-01-01'), source('2016-01-01'))).toBeCloseTo(0.5, 2);
  });

  it('and nothing where nobody can know: nothing read, no source that says where it starts, or none connected', () => {
    expect(share('none', source('2006-01-01'))).toBeUndefined();
    expect(share('2016-01-01', source(undefined))).toBeUndefined();
    expect(share('2016-01-01', source('1990-01-01', 'not-connected'))).toBeUndefined();
  });

  it('is never full while loading goes on, not even before the start of every source, and never runs backwards', () => {
    const day = fc.integer({ min: Date.UTC(1930, 0, 1), max: readAt });
    const iso = (instant: number) => new Date(instant).toISOString().slice(0, 10);
    fc.assert(
      fc.property(day, day, day, (start, one, other) => {
        const [older, newer] = [
          share(iso(Math.min(one, other)), source(iso(start))),
          share(iso(Math.max(one, other)), source(iso(start))),
        ];
        if (older === undefined || newer === undefined) return;
        expect(older).toBeGreaterThanOrEqual(newer);
        expect(newer).toBeGreaterThanOrEqual(0);
        expect(older).toBeLessThan(1);
      }),
    );
  });
});
