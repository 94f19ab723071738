import * as fc from 'fast-check';
import type { Encounter } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import type { News } from './entry.ts';
import { newsCount, newsWords, sayWhatIsNew } from './news.ts';
import { mapRecord } from './to-entries.ts';

const now = Date.UTC(2026, 10, 22, 15);
const looked = Date.UTC(2026, 10, 12, 14, 2);
const context = { now, included: new Map(), patientId: 'p1' };

function visit(id: string, received: string | undefined, more: Partial<Encounter> = {}): Encounter {
  return {
    resourceType: 'Encounter',
    id,
    ...(received === undefined ? {} : { meta: { lastUpdated: received, versionId: '1' } }),
    status: 'finished',
    class: { code: 'AMB' },
    period: { start: '2019-03-01T10:00:00Z' },
    ...more,
  };
}

function marks(
  resources: Parameters<typeof mapRecord>[0],
  lastOpenedAt: number | undefined,
  changes?: Map<string, News>,
) {
  const entries = sayWhatIsNew(mapRecord(resources, context), { lastOpenedAt, changes, now });
  return Object.fromEntries(entries.map((entry) => [entry.key.split('/')[1], entry.news?.how]));
}

describe('what came since this reader last looked (T14)', () => {
  it('a letter about 2019 that was received yesterday is new, an old visit received before is not', () => {
    const resources = [
      visit('yesterday', '2026-11-21T08:00:00Z'),
      visit('before', '2026-11-01T08:00:00Z'),
      visit('corrected', '2026-11-20T08:00:00Z', { meta: { lastUpdated: '2026-11-20T08:00:00Z', versionId: '3' } }),
      visit('unsaid', undefined),
    ];
    expect(marks(resources, looked)).toEqual({
      yesterday: 'new',
      before: undefined,
      corrected: 'changed',
      unsaid: undefined,
    });
  });

  it('at the first opening, and on a hub that does not tell, nothing is marked', () => {
    expect(marks([visit('a', '2026-11-21T08:00:00Z')], undefined)).toEqual({ a: undefined });
  });

  it('a visit read long ago to which a letter came yesterday has changed', () => {
    const letter = {
      resourceType: 'DocumentReference',
      id: 'letter',
      meta: { lastUpdated: '2026-11-21T08:00:00Z', versionId: '1' },
      status: 'current',
      context: { encounter: [{ reference: 'Encounter/a' }] },
      content: [],
    } as const;
    expect(marks([visit('a', '2026-01-01T08:00:00Z'), letter], looked)).toEqual({ a: 'changed' });
  });

  it('a stay whose every part is new is new; with one new part it has changed', () => {
    const part = (received: string) => visit('part', received, { partOf: { reference: 'Encounter/a' } });
    expect(marks([visit('a', '2026-11-21T08:00:00Z'), part('2026-11-21T09:00:00Z')], looked)).toEqual({ a: 'new' });
    expect(marks([visit('a', '2026-01-01T08:00:00Z'), part('2026-11-21T09:00:00Z')], looked)).toEqual({ a: 'changed' });
  });

  it('what was on its way into the store while the reader looked counts as new: seen twice, never missed', () => {
    const minutesBefore = (minutes: number) => new Date(looked - minutes * 60_000).toISOString();
    expect(marks([visit('a', minutesBefore(4)), visit('b', minutesBefore(6))], looked)).toEqual({
      a: 'new',
      b: undefined,
    });
  });

  it('whatever the zone an instant is written in, it counts by the instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: -30, max: 30 }), fc.integer({ min: -14, max: 14 }), (hours, zone) => {
        const at = looked + hours * 3_600_000;
        const written = new Date(at + zone * 3_600_000).toISOString().replace('Z', '');
        const offset = `${zone < 0 ? '-' : '+'}${String(Math.abs(zone)).padStart(2, '0')}:00`;
        expect(marks([visit('a', `${written}${offset}`)], looked)['a']).toBe(hours >= 0 ? 'new' : undefined);
      }),
    );
  });

  it('reading again in this sitting tells the later instant, and entries without news stay the same objects', () => {
    const since = now - 3_600_000;
    const record = mapRecord([visit('a', '2026-11-21T08:00:00Z'), visit('b', '2026-01-01T08:00:00Z')], context);
    const entries = sayWhatIsNew(record, {
      lastOpenedAt: looked,
      now,
      changes: new Map([['Encounter/a', { how: 'changed', since }]]),
    });
    expect(entries[0]?.news).toEqual({ how: 'changed', since, words: 'Changed since 14:00' });
    expect(entries[1]).toBe(record.entries[1]);
  });
});

describe('the words for it', () => {
  it('name the day, or the time where that was today', () => {
    expect(newsWords({ how: 'new', since: looked }, now)).toBe('New since 12-Nov-2026');
    expect(newsWords({ how: 'changed', since: Date.UTC(2026, 10, 22, 14, 2) }, now)).toBe('Changed since 14:02');
  });

  it('count what is new and what changed, and say nothing of none', () => {
    const fresh = { news: { how: 'new', since: looked } } as const;
    const changed = { news: { how: 'changed', since: looked } } as const;
    expect(newsCount([fresh, {}, fresh, changed])).toBe('2 new, 1 changed');
    expect(newsCount([changed])).toBe('1 changed');
    expect(newsCount([{}])).toBeUndefined();
  });
});
