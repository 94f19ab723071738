import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lanes } from './entry.ts';
import { allows, type Choice, type Filter, isFiltering, noFilter, passes, toggled } from './filter.ts';
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
const only = <T extends string>(...values: T[]): Choice<T> => ({ how: 'only', values });
const hide = <T extends string>(...values: T[]): Choice<T> => ({ how: 'hide', values });

describe('filters (T6)', () => {
  it('let everything through when none is set', () => {
    expect(passes(entry, noFilter)).toBe(true);
    expect(isFiltering(noFilter)).toBe(false);
    expect(isFiltering({ lanes: undefined })).toBe(false);
    expect(isFiltering({ lanes: only() })).toBe(true);
  });

  it.each<[Filter, boolean]>([
    [{ lanes: only('gp') }, true],
    [{ lanes: only('hospital') }, false],
    [{ lanes: only() }, false],
    [{ lanes: hide('gp') }, false],
    [{ lanes: hide('hospital') }, true],
    [{ kinds: only('gp-consultation') }, true],
    [{ kinds: hide('gp-consultation') }, false],
    [{ sources: only('system-c') }, true],
    [{ sources: only('adastra') }, false],
    [{ sources: hide('system-c') }, true],
    [{ sources: hide('system-c', 'emis') }, false],
    [{ organisations: only('RKE') }, true],
    [{ organisations: only('RRV') }, false],
    [{ from: when('2026-11-14').start }, true],
    [{ from: when('2026-11-15').start }, false],
    [{ to: when('2026-11-14').start }, false],
    [{ to: when('2026-11-15').start }, true],
    [{ matches: () => false }, false],
    [{ matches: ({ key }) => key === 'a' }, true],
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

  it('from outside my organisation: what another tells of as well stays, and what nobody is named for', () => {
    expect(passes(entry, { outside: 'F83063' })).toBe(true);
    expect(passes(entryOf({ key: 'm', statements: [told('emis', 'F83063')] }), { outside: 'F83063' })).toBe(false);
    expect(passes(entryOf({ key: 'n', statements: [told('emis')] }), { outside: 'F83063' })).toBe(true);
  });

  it('what nobody names has a value of its own, so that it can be switched off and found again', () => {
    const unnamed = entryOf({ key: 'n', statements: [told(undefined)] });
    expect(passes(unnamed, { sources: hide('') })).toBe(false);
    expect(passes(unnamed, { sources: only('') })).toBe(true);
    expect(passes(unnamed, { sources: only('emis') })).toBe(false);
  });
});

describe('switching a value off and on', () => {
  const value = fc.constantFrom(...lanes);
  const choice = fc.option(
    fc.record({ how: fc.constantFrom<Choice['how']>('only', 'hide'), values: fc.subarray([...lanes]) }),
    { nil: undefined },
  );

  it('does what it says to that value, and to no other', () => {
    fc.assert(
      fc.property(choice, value, fc.boolean(), (before, lane, shown) => {
        const after = toggled(before, lane, shown, lanes);
        expect(allows(after, lane)).toBe(shown);
        const others = lanes.filter((other) => other !== lane);
        expect(others.map((other) => allows(after, other))).toEqual(others.map((other) => allows(before, other)));
      }),
    );
  });

  it('with all on again there is no filter left', () => {
    const off = toggled(undefined, 'gp', false, lanes);
    expect(off).toEqual(hide('gp'));
    expect(toggled(off, 'gp', true, lanes)).toBeUndefined();
    const few = only(...lanes.filter((lane) => lane !== 'gp'));
    expect(toggled(few, 'gp', true, lanes)).toBeUndefined();
  });
});
