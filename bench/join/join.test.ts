import { describe, expect, it } from 'vitest';
import { makeTruthSet } from '../../mocks/truth-set/make.ts';
import { wilson } from './assess.ts';
import { assessBorough, bars, tableOf } from './measure-join.ts';

const now = new Date('2026-11-22T10:42:00Z');

describe('the join of a borough told twice, with its faults', () => {
  const found = assessBorough({ people: 1000, seed: 8 });

  it('joins nothing that is not one event, and nearly all that is', () => {
    expect(found.falseJoins, tableOf(found).join('\n')).toEqual([]);
    expect(found.all.right / found.all.joined).toBeGreaterThanOrEqual(bars.precision);
    expect(found.all.right / found.all.pairs).toBeGreaterThanOrEqual(bars.recall);
    expect(found.all.joined).toBeGreaterThan(4000);
  });

  it('is weighed on every pair of kinds and on every kind of noise', () => {
    expect([...found.byKinds.keys()]).toEqual(
      expect.arrayContaining([
        'booking + outpatient',
        'emergency + emergency',
        'letter + stay',
        'outpatient + outpatient',
        'stay + stay',
        'urgent-call + urgent-call',
      ]),
    );
    const noises = ['as it was', 'date only', 'free-text place', 'no number', 'no reason', 'other reason', 'rounded'];
    expect([...found.byNoise.keys()]).toEqual(expect.arrayContaining([...noises, 'hour off', 'wrong day', 'no date']));
  });

  it('says of most pairs it leaves apart that they may be one', () => {
    expect(found.all.unsure / found.all.missed).toBeGreaterThan(0.5);
    expect(found.needlessDoubts).toBeLessThan(found.all.joined / 50);
  });
});

describe('the truth set', () => {
  it('is the same for the same seed, and another for another', () => {
    const told = (seed: number) =>
      JSON.stringify([...makeTruthSet({ people: 6, seed, now })].map((one) => one.resources));
    expect(told(3)).toBe(told(3));
    expect(told(3)).not.toBe(told(4));
  });

  it('names for each written resource an event that happened to that person', () => {
    for (const { person, resources, labels } of makeTruthSet({ people: 20, seed: 5, now })) {
      const written = new Set(resources.map(({ resourceType, id }) => `${resourceType}/${id ?? ''}`));
      for (const [reference, event] of labels) {
        expect(written).toContain(reference);
        expect(event.startsWith(`${person}-`)).toBe(true);
      }
    }
  });
});

it('an interval holds less the fewer pairs it stands on (Wilson)', () => {
  expect(wilson(100, 100).low).toBeCloseTo(0.963, 3);
  expect(wilson(45_000, 45_000).low).toBeGreaterThan(0.9999);
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
});
