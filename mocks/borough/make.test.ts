import { assert, date as anyDate, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTestNhsNumber, parseNhsNumber } from '../../fhir/nhs-number.ts';
import { date } from './clock.ts';
import { makeBorough } from './make.ts';
import { organisationOf, placeOf } from './places.ts';
import { professionalOf, professionals } from './professionals.ts';

const now = new Date('2026-11-22T10:42:00Z');
const borough = makeBorough({ people: 300, seed: 7, now });

describe('the synthetic borough', () => {
  test('is the same for the same seed, size and instant, and another for another seed', () => {
    expect(makeBorough({ people: 60, seed: 7, now })).toEqual(makeBorough({ people: 60, seed: 7, now }));
    expect(makeBorough({ people: 60, seed: 8, now })).not.toEqual(makeBorough({ people: 60, seed: 7, now }));
  });

  test('has as many people as asked, and never fewer than the demonstration people', () => {
    expect(borough.lives).toHaveLength(300);
    expect(makeBorough({ people: 1, seed: 7, now }).lives).toHaveLength(16);
  });

  test('keeps the demonstration people what they are, however big the borough', () => {
    const small = makeBorough({ people: 20, seed: 7, now }).lives.slice(0, 13);
    expect(borough.lives.slice(0, 13)).toEqual(small);
  });

  test('gives everybody an NHS number of their own that is valid and can never be a real person’s', () => {
    const numbers = borough.lives.map(({ person }) => person.nhsNumber);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.filter((number) => parseNhsNumber(number) !== number || !isTestNhsNumber(number))).toEqual([]);
  });

  test('has one pair with the same name and birthday, the one it means to have', () => {
    const seen = new Map<string, string[]>();
    for (const { person } of borough.lives) {
      const [name] = person.names;
      const identity = `${name?.family} ${name?.given.join(' ')} ${date(person.birth)}`;
      seen.set(identity, [...(seen.get(identity) ?? []), person.key]);
    }
    expect([...seen.values()].filter((keys) => keys.length > 1)).toEqual([['p006', 'p007']]);
  });

  test('lets nobody share a local number within one system', () => {
    const numbers = borough.lives.flatMap(({ person }) => Object.values(person.localNumbers));
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('puts everybody into a home with an address', () => {
    const homes = new Map(borough.households.map((home) => [home.id, home.members]));
    expect(borough.lives.filter(({ person }) => homes.get(person.household)?.includes(person.key) !== true)).toEqual(
      [],
    );
  });

  test('has no two professionals of one name', () => {
    const names = professionals.map(({ name }) => `${name.given} ${name.family}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test('names only staff, places and organisations that exist', () => {
    const events = borough.lives.flatMap(({ happenings }) => happenings);
    const staff = new Set(
      events.flatMap((event) => ('staff' in event && event.staff !== undefined ? [event.staff] : [])),
    );
    const seen = new Set(events.flatMap((event) => (event.kind === 'booking' ? [event.place] : [])));
    const wards = new Set(
      events.flatMap((event) => (event.kind === 'stay' ? event.wards.map(({ ward }) => ward) : [])),
    );
    const providers = new Set(events.flatMap((event) => (event.kind === 'care-package' ? [event.provider] : [])));
    expect([...staff].map((id) => professionalOf(id).id)).toEqual([...staff]);
    expect([...seen].map((id) => placeOf(id).id)).toEqual([...seen]);
    expect(new Set([...wards].map((id) => placeOf(id).type.code))).toEqual(new Set(['E02']));
    expect([...providers].map((ods) => organisationOf(ods).ods)).toEqual([...providers]);
    expect(Math.min(staff.size, seen.size, wards.size, providers.size)).toBeGreaterThan(3);
  });
});

describe('a life', () => {
  /** Whatever the seed and the day, also around clock changes and the turn of the year. */
  const anyBorough = record({
    seed: integer({ min: 0, max: 0xffffffff }),
    now: anyDate({ min: new Date('2026-01-15T00:00:00Z'), max: new Date('2029-12-31T23:59:59Z'), noInvalidDate: true }),
  });

  test('has no event before birth, after death or in the future, except bookings and reviews that are planned', () => {
    assert(
      property(anyBorough, ({ seed, now }) => {
        const made = makeBorough({ people: 40, seed, now });
        const impossible = made.lives.flatMap(({ person, happenings }) => {
          const limit = Math.min(made.now, person.death?.at ?? Infinity);
          return happenings.filter((event) => {
            const plan = event.kind === 'booking' || (event.kind === 'care-review' && event.status === 'accepted');
            if (event.start < person.birth) return true;
            if (plan && person.death === undefined) return false;
            return event.start >= limit || (event.kind !== 'booking' && (event.end ?? 0) > limit);
          });
        });
        expect(impossible).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  test('ends nothing before it began, and moves wards in order within the stay', () => {
    const events = borough.lives.flatMap(({ happenings }) => happenings);
    expect(events.filter(({ start, end }) => end !== undefined && end < start)).toEqual([]);
    const stays = events.filter((event) => event.kind === 'stay');
    expect(stays.filter(({ wards }) => wards.length > 1).length).toBeGreaterThan(10);
    const broken = stays.filter(({ start, end, wards }) => {
      const follows = wards.every((move, index) => index === 0 || move.start === wards[index - 1]?.end);
      return wards[0]?.start !== start || wards.at(-1)?.end !== end || !follows;
    });
    expect(broken).toEqual([]);
  });

  test('is never in a surgery and on a ward at once', () => {
    const both = borough.lives.flatMap(({ happenings }) => {
      const stays = happenings.filter(({ kind, end }) => kind === 'stay' && end !== undefined);
      const surgery = happenings.filter((event) => event.kind === 'gp' && event.mode === 'surgery');
      return surgery.filter(({ start }) => stays.some((stay) => start >= stay.start && start < (stay.end ?? 0)));
    });
    expect(both).toEqual([]);
  });

  test('has every care setting somewhere in the borough', () => {
    const kinds = new Set(borough.lives.flatMap(({ happenings }) => happenings.map(({ kind }) => kind)));
    const settings =
      'booking care-assessment care-package care-request care-review community emergency gp letter ' +
      'mental-health outpatient reading stay urgent-call urgent-visit';
    expect([...kinds].sort().join(' ')).toBe(settings);
  });

  test('gives the young and the old more contacts with their GP than those between', () => {
    const rate = (low: number, high: number): number => {
      const some = borough.lives.filter(({ person }) => {
        const years = (borough.now - person.birth) / (365.25 * 86_400_000);
        return person.death === undefined && years >= low && years < high && Number(person.key.slice(1)) >= 100;
      });
      const contacts = some.flatMap(({ happenings }) =>
        happenings.filter(({ kind, start }) => kind === 'gp' && start > borough.now - 2 * 365 * 86_400_000),
      );
      return contacts.length / some.length;
    };
    expect(rate(0, 5)).toBeGreaterThan(rate(6, 40));
    expect(rate(75, 120)).toBeGreaterThan(rate(19, 50));
  });
});
