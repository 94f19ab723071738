import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examples } from '../test-resources.ts';
import { checkStructure } from '../validate.ts';
import { isPlainlySound } from './plainly-sound.ts';

const person = '11111111-1111-4111-8111-111111111111';
const stock = Object.values(examples(person)).map(({ resource }) => resource as object);

const odd = fc.constantFrom<unknown>(
  null,
  '',
  ' ',
  'Easter',
  '2026-02-30',
  '2026-02-28',
  '2026-02-28T10:00:00Z',
  'two  spaces',
  'a\u0000b',
  'urn:uuid:1',
  0,
  -1,
  7.1,
  3_000_000_000,
  true,
  [],
  {},
  [{}],
  [null],
  ['x'],
  [['x']],
  { value: 1 },
  { reference: 'Patient/1' },
  { coding: [{ code: 'x' }] },
  [{ coding: [{ code: 'x', userSelected: 'yes' }] }],
  [{ url: 'https://example.org/e', valueString: 'x' }],
  [{ url: 'https://example.org/e', valueString: 'x', valueCode: 'x' }],
  [{ valueString: 'x' }],
  { start: '2026-01-01', end: 'never' },
  { resourceType: 'Patient' },
);

/** One of the sound resources with something put, replaced or taken out somewhere in it. */
const changed = fc
  .tuple(
    fc.constantFrom(...stock),
    fc.array(
      fc.record({
        steps: fc.array(fc.nat(9), { minLength: 1, maxLength: 5 }),
        name: fc.option(
          fc.constantFrom(
            'id',
            'extension',
            'status',
            'code',
            'value',
            'valueQuantity',
            'valueString',
            'note',
            '_id',
            'x',
          ),
        ),
        value: fc.option(odd, { nil: undefined, freq: 6 }),
      }),
      { maxLength: 2 },
    ),
  )
  .map(([resource, changes]) => {
    const copy = structuredClone(resource);
    for (const { steps, name, value } of changes) change(copy, steps, name, structuredClone(value));
    return JSON.parse(JSON.stringify(copy)) as object;
  });

function change(within: object, steps: number[], name: string | null, value: unknown): void {
  const names = Object.keys(within);
  const [step = 0, ...further] = steps;
  const chosen = names[step % Math.max(names.length, 1)];
  const inner: unknown = chosen === undefined ? undefined : Reflect.get(within, chosen);
  if (further.length > 0 && typeof inner === 'object' && inner !== null) change(inner, further, name, value);
  else if (name !== null && !Array.isArray(within)) Reflect.set(within, name, value);
  else if (chosen !== undefined) Reflect.set(within, chosen, value);
}

describe('the quick look at the shape of a resource', () => {
  const ordinary = stock.map((resource): [string, object] => [String(Reflect.get(resource, 'resourceType')), resource]);
  // Attached data are for the full check.
  it.each(ordinary.filter(([type]) => type !== 'Binary'))(
    'takes an ordinary %s, and the full check agrees',
    (_type, resource) => {
      expect([isPlainlySound(resource), checkStructure(resource).problems]).toEqual([true, []]);
    },
  );

  it('never takes what the full check would refuse', () => {
    let taken = 0;
    let refused = 0;
    fc.assert(
      fc.property(changed, (resource) => {
        const { problems } = checkStructure(resource);
        if (isPlainlySound(resource)) {
          taken += 1;
          return problems.length === 0;
        }
        if (problems.length > 0) refused += 1;
        return true;
      }),
      { numRuns: 600 },
    );
    // The cases are worth something only where both happen.
    expect(Math.min(taken, refused)).toBeGreaterThan(20);
  });

  it('leaves to the full check what it knows nothing of', () => {
    const visit = { resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' } };
    expect(isPlainlySound(visit)).toBe(true);
    for (const more of [
      { _status: { extension: [{ url: 'https://example.org/e', valueString: 'x' }] } },
      { contained: [{ resourceType: 'Patient' }] },
      { diagnosed: true },
    ]) {
      expect(isPlainlySound({ ...visit, ...more })).toBe(false);
    }
    for (const none of [null, [visit], 'Encounter', {}, { resourceType: 'Visit' }, { resourceType: 'Period' }]) {
      expect(isPlainlySound(none)).toBe(false);
    }
  });
});
