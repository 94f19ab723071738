import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  brokenGlass,
  limits,
  manyPeople,
  oddPatterns,
  outOfHours,
  ownName,
  sameFamilyName,
  withoutGround,
  type Look,
} from './patterns.ts';

const nurse = { id: '555900000002', name: 'Sister Amy van den Berg', role: 'R8001', organisation: 'RKE' };

function look(more: Partial<Look> = {}): Look {
  return {
    at: '2026-11-20T10:00:00.000Z',
    user: nurse,
    patient: 'p1',
    personName: 'HART, Ellen (Mrs)',
    from: 'system-c',
    grounded: true,
    brokeGlass: false,
    ...more,
  };
}
const minute = (count: number) => new Date(Date.parse('2026-11-20T10:00:00Z') + count * 60_000).toISOString();

describe('a pattern worth a question', () => {
  it('is a record of the reader’s own name, however it is written, and not of a family name alone', () => {
    expect(ownName([look({ personName: 'VAN DEN BERG, Amy (Ms)' })])).toMatchObject([
      { name: 'own-name', people: ['p1'] },
    ]);
    for (const personName of ['VAN DEN BERG, Jan', 'HART, Amy', '', 'Amy van den Berg'])
      expect(ownName([look({ personName })])).toEqual([]);
  });

  it('is a record of the reader’s family name', () => {
    expect(sameFamilyName([look({ personName: 'VAN DEN BERG, Jan' })])).toMatchObject([{ name: 'same-family-name' }]);
    expect(sameFamilyName([look({ personName: 'VAN DEN BERG, Amy' }), look(), look({ personName: '' })])).toEqual([]);
  });

  it('is many people within an hour, and not over a day', () => {
    const busy = Array.from({ length: limits.peopleAnHour }, (_each, place) =>
      look({ patient: `p${place}`, at: minute(place) }),
    );
    expect(manyPeople(busy)).toMatchObject([{ words: '30 people within an hour', first: minute(0), last: minute(29) }]);
    expect(manyPeople(busy.slice(1))).toEqual([]);
    expect(manyPeople(busy.map((each, place) => ({ ...each, at: minute(place * 3) })))).toEqual([]);
    expect(manyPeople(busy.map((each) => ({ ...each, patient: 'p1' })))).toEqual([]);
  });

  it('is several people in a day without a ground', () => {
    const tries = ['p1', 'p2', 'p3'].map((patient) => look({ patient, grounded: false }));
    expect(withoutGround(tries)).toMatchObject([{ people: ['p1', 'p2', 'p3'] }]);
    expect(withoutGround(tries.map((each, place) => ({ ...each, grounded: place === 0 })))).toEqual([]);
  });

  it('is a look at night from where people work by day, by London’s clock', () => {
    // 22:30 in summer time.
    const night = look({ from: 'emis', at: '2026-07-01T21:30:00.000Z' });
    expect(outOfHours([night])).toMatchObject([{ words: '1 person at night' }]);
    expect(outOfHours([{ ...night, from: 'adastra' }, look({ from: 'emis', at: '2026-12-01T21:30:00.000Z' })])).toEqual(
      [],
    );
  });

  it('is the last resort for the fourth time in a day', () => {
    const four = Array.from({ length: limits.brokenGlassADay }, () => look({ brokeGlass: true }));
    expect(brokenGlass(four)).toMatchObject([{ words: 'Broke the glass 4 times in a day' }]);
    expect(brokenGlass(four.slice(1))).toEqual([]);
  });

  it('is never of the person themself or a service, and names nobody who was not looked at by that user', () => {
    const looks = fc.array(
      fc.record({
        at: fc.integer({ min: 0, max: 3000 }).map(minute),
        user: fc.constantFrom(
          nurse,
          { ...nurse, organisation: 'RRV' },
          { ...nurse, id: 'x', role: 'person' },
          { ...nurse, role: 'service' },
        ),
        patient: fc.constantFrom('p1', 'p2', 'p3', 'p4'),
        personName: fc.constantFrom('VAN DEN BERG, Amy', 'VAN DEN BERG, Jan', 'HART, Ellen', ''),
        from: fc.constantFrom('emis', 'system-c'),
        grounded: fc.boolean(),
        brokeGlass: fc.boolean(),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(looks, (all) => {
        for (const { user, people, first, last } of oddPatterns(all)) {
          expect(['person', 'service']).not.toContain(user.role);
          expect(first <= last).toBe(true);
          for (const patient of people)
            expect(all.some((each) => each.patient === patient && each.user === user)).toBe(true);
        }
      }),
    );
  });
});
