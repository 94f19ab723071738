import { describe, expect, it } from 'vitest';
import { countLanes, countSources, isFiltering, noFilter, passes } from './filter.ts';
import { entryOf, when } from './testing.ts';

const told = (source: string | undefined, organisation?: string) => ({
  reference: `Encounter/${source ?? 'x'}`,
  resource: { resourceType: 'Encounter' as const },
  source,
  organisation,
});
const entry = entryOf({
  key: 'a',
  lane: 'gp',
  kind: 'gp-consultation',
  start: when('2026-11-14T10:00:00Z'),
  statements: [told('emis', 'F83063'), told('system-c', 'RKE')],
});

describe('filters (T6)', () => {
  it('let everything through when none is set', () => {
    expect(passes(entry, noFilter)).toBe(true);
    expect(isFiltering(noFilter)).toBe(false);
    expect(isFiltering({ lanes: undefined })).toBe(false);
    expect(isFiltering({ lanes: [] })).toBe(true);
  });

  it.each([
    [{ lanes: ['gp'] as const }, true],
    [{ lanes: ['hospital'] as const }, false],
    [{ lanes: [] }, false],
    [{ kinds: ['gp-consultation'] as const }, true],
    [{ kinds: ['stay'] as const }, false],
    [{ sources: ['system-c'] }, true],
    [{ sources: ['adastra'] }, false],
    [{ organisations: ['RKE'] }, true],
    [{ organisations: ['RRV'] }, false],
    [{ from: when('2026-11-14').start }, true],
    [{ from: when('2026-11-15').start }, false],
    [{ to: when('2026-11-14').start }, false],
    [{ to: when('2026-11-15').start }, true],
  ])('%j lets it through: %s', (filter, expected) => {
    expect(passes(entry, filter)).toBe(expected);
  });

  it('keep a stay in every period it reaches into', () => {
    const stay = entryOf({ key: 's', start: when('2026-09-01'), end: when('2026-11-19'), lasting: true });
    expect(passes(stay, { from: when('2026-11-01').start })).toBe(true);
    expect(passes({ ...stay, end: undefined, state: 'open' }, { from: when('2026-11-20').start })).toBe(true);
    expect(passes({ ...stay, end: undefined }, { from: when('2026-11-20').start })).toBe(false);
  });

  it('never hide by period what has no date', () => {
    expect(passes(entryOf({ key: 'u' }), { from: 0, to: 1 })).toBe(true);
  });

  it('count every entry once per setting and once per source that tells it', () => {
    const other = entryOf({ key: 'b', lane: 'urgent', statements: [told(undefined)] });
    expect(countLanes([entry, other])).toMatchObject({ gp: 1, urgent: 1, hospital: 0 });
    expect(Object.fromEntries(countSources([entry, other]))).toEqual({ emis: 1, 'system-c': 1, '': 1 });
  });
});
