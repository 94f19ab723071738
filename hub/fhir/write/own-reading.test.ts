import * as fc from 'fast-check';
import type { Observation } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { observationOf, readingLimits, type OwnReading } from '../../../fhir/own-reading.ts';
import type { JsonObject } from '../../resource/json.ts';
import { validateStructure } from '../validate.ts';
import { checkOwnReading } from './own-reading.ts';

const me = 'p1';
const pressure: OwnReading = { kind: 'blood-pressure', systolic: 152, diastolic: 88 };
const weight: OwnReading = { kind: 'weight', kilograms: 82.5 };
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const shared = (reading: OwnReading = pressure, takenAt = hoursAgo(1), more: Partial<Observation> = {}) =>
  ({ ...observationOf(`Patient/${me}`, reading, takenAt), ...more }) as unknown as JsonObject;
const check = (resource: JsonObject, standing?: JsonObject) => () =>
  checkOwnReading(resource, standing && JSON.stringify(standing), me);

function isTaken(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}

describe('what a person shares of themself', () => {
  it('is a weight or a blood pressure, sound as R4 has it', () => {
    for (const reading of [pressure, weight]) {
      expect(check(shared(reading))).not.toThrow();
      expect(validateStructure(shared(reading) as unknown as Observation)).toEqual([]);
    }
  });

  it('is shared whatever possible number it has, and no other', () => {
    const [low, high] = readingLimits.kilograms;
    const any = fc.double({ min: -1000, max: 1000, noNaN: true });
    fc.assert(
      fc.property(any, (kilograms) => {
        const possible = kilograms >= low && kilograms <= high;
        expect(isTaken(check(shared({ kind: 'weight', kilograms })))).toBe(possible);
      }),
    );
  });

  it.each<[string, JsonObject, string]>([
    ['something else that was measured', shared(weight, hoursAgo(1), { code: { text: 'Glucose' } }), 'something else'],
    ['words of a clinician', shared(weight, hoursAgo(1), { note: [{ text: 'Stop the insulin' }] }), 'something else'],
    ['an interpretation', shared(weight, hoursAgo(1), { interpretation: [{ text: 'High' }] }), 'says more'],
    [
      'a reading that somebody else took',
      shared(weight, hoursAgo(1), { performer: [{ display: 'Dr A Okafor' }] }),
      'something else',
    ],
    ['a visit it belongs to', shared(weight, hoursAgo(1), { encounter: { reference: 'Encounter/e' } }), 'says more'],
    ['another unit', shared(weight, hoursAgo(1), { valueQuantity: { value: 180, unit: 'lb' } }), 'something else'],
    ['entered in error from the start', shared(weight, hoursAgo(1), { status: 'entered-in-error' }), 'something else'],
    ['no numbers', shared(weight, hoursAgo(1), { valueQuantity: {} }), 'no weight or blood pressure'],
    ['a day without a time', shared(weight, '2026-11-20'), 'with the time'],
    ['tomorrow', shared(weight, hoursAgo(-24)), 'later than now'],
    ['ten years ago', shared(weight, hoursAgo(87_600)), 'more than a year ago'],
    ['the numbers the wrong way round', shared({ ...pressure, systolic: 80, diastolic: 120 }), 'greater'],
  ])('is nothing else: %s', (_what, resource, words) => {
    expect(check(resource)).toThrow(words);
  });

  it('is taken back as it stands, and never changed', () => {
    const standing = { ...shared(), id: 'o1', meta: { versionId: '1' } };
    const back = { ...standing, status: 'entered-in-error' };
    expect(check(back, standing)).not.toThrow();
    expect(check({ ...back, effectiveDateTime: hoursAgo(2) }, standing)).toThrow('is not changed');
    expect(check({ ...shared({ ...pressure, systolic: 120 }), id: 'o1' }, standing)).toThrow('is not changed');
    expect(check(standing, back), 'nor given again').toThrow('is not changed');
  });
});
