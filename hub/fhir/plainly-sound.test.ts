import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examples } from './test-resources.ts';
import { isPlainlyFaultless, isPlainlySound } from './plainly-sound.ts';
import { checkInFull } from './validate.ts';

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

/** A sound resource that lost an element or has extensions of its own, which may have a value, or other extensions, or both. */
const maybeBreakingRules = fc
  .record({
    resource: fc.constantFrom(...stock),
    lost: fc.constantFrom('clinicalStatus', 'end', 'name', 'code', 'value', 'text', 'none'),
    within: fc.option(fc.nat(9)),
    extension: fc.array(
      fc.record(
        {
          url: fc.constant('https://example.org/e'),
          valueString: fc.constant('x'),
          extension: fc.constant([{ url: 'https://example.org/f', valueBoolean: true }]),
        },
        { requiredKeys: ['url'] },
      ),
      { maxLength: 2 },
    ),
  })
  .map(({ resource, lost, within, extension }) => {
    const copy = structuredClone(resource);
    Reflect.deleteProperty(copy, lost);
    const parts = Object.values(copy)
      .flat()
      .filter((part): part is object => typeof part === 'object' && part !== null);
    const place = within === null ? copy : (parts[within % Math.max(parts.length, 1)] ?? copy);
    if (extension.length > 0) Reflect.set(place, 'extension', extension);
    return copy;
  });

describe('the quick look at the shape of a resource', () => {
  const ordinary = stock.map((resource): [string, object] => [String(Reflect.get(resource, 'resourceType')), resource]);
  // Attached data are for the full check.
  it.each(ordinary.filter(([type]) => type !== 'Binary'))(
    'takes an ordinary %s, and the full check agrees',
    (_type, resource) => {
      expect([isPlainlySound(resource), checkInFull(resource).problems]).toEqual([true, []]);
    },
  );

  it('never takes what the full check would refuse', () => {
    let taken = 0;
    let refused = 0;
    fc.assert(
      fc.property(changed, (resource) => {
        const { problems } = checkInFull(resource);
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

  it('never takes for faultless what breaks a rule in the eyes of the full check', () => {
    const count = { taken: 0, broken: 0 };
    fc.assert(
      fc.property(maybeBreakingRules, (resource) => {
        const { problems, remarks } = checkInFull(resource);
        if (problems.length === 0 && remarks.length > 0) count.broken += 1;
        if (!isPlainlyFaultless(resource)) return true;
        count.taken += 1;
        return problems.length === 0 && remarks.length === 0;
      }),
      { numRuns: 300 },
    );
    expect(Math.min(count.taken, count.broken)).toBeGreaterThan(20);
  });

  it.each([
    ['a visit', { resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' } }, true],
    [
      'one with a note of its source’s own',
      {
        resourceType: 'Encounter',
        status: 'finished',
        class: { code: 'AMB' },
        extension: [{ url: 'urn:x', valueCode: 'x' }],
      },
      true,
    ],
    [
      'one whose note says nothing',
      { resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' }, extension: [{ url: 'urn:x' }] },
      false,
    ],
    ['somebody whose next of kin has no name', { resourceType: 'Patient', contact: [{ gender: 'female' }] }, false],
    // Its rules tie a start to an end: for the full check, whatever it says.
    ['a booking', { resourceType: 'Appointment', status: 'booked', participant: [{ status: 'accepted' }] }, false],
  ])('says of %s beyond doubt that it is faultless, or leaves it', (_what, resource, faultless) => {
    expect(isPlainlyFaultless(resource)).toBe(faultless);
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
