import type { Observation } from 'fhir/r4';
import { expect, test } from 'vitest';
import { flagWords, preliminaryWords, rangeWords, valueWords } from './value-words.ts';

const result = (more: Partial<Observation>): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'eGFR' },
  ...more,
});

test('a value keeps its comparator and unit: less than 15 is not 15', () => {
  expect(valueWords(result({ valueQuantity: { value: 15, comparator: '<', unit: 'ml/min' } }))).toBe('<15 ml/min');
});

test('what a unit keeps in braces is told in plain words', () => {
  const egfr = result({ valueQuantity: { value: 48, unit: 'mL/min/{1.73_m2}' } });
  expect(valueWords(egfr)).toBe('48 mL/min/1.73 m2');
});

test('blood pressure is told by its parts, a missing part as such', () => {
  const reading = result({
    component: [
      { code: { text: 'Systolic' }, valueQuantity: { value: 152, unit: 'mmHg' } },
      { code: { text: 'Diastolic' }, dataAbsentReason: { text: 'Not performed' } },
    ],
  });
  expect(valueWords(reading)).toBe('Systolic 152 mmHg, Diastolic Not performed');
});

test('no value says why, or that it is not recorded', () => {
  expect(valueWords(result({ dataAbsentReason: { text: 'Sample clotted' } }))).toBe('Sample clotted');
  expect(valueWords(result({}))).toBe('Not recorded');
});

test('zero and no are values', () => {
  expect(valueWords(result({ valueQuantity: { value: 0, unit: '/h' } }))).toBe('0 /h');
  expect(valueWords(result({ valueBoolean: false }))).toBe('No');
});

test('no flag is not normal (misreading 9)', () => {
  expect(flagWords(result({}))).toBe('Not flagged by lab');
  expect(flagWords(result({ interpretation: [{ coding: [{ code: 'H' }] }] }))).toBe('Flagged high');
  expect(flagWords(result({ interpretation: [{ text: 'See comment' }] }))).toBe('See comment');
  expect(flagWords(result({ interpretation: [{ coding: [{ code: 'ZZ' }] }] }))).toBe('ZZ');
});

test.each([
  ['final', undefined],
  ['preliminary', 'Preliminary'],
  ['partial', 'Preliminary'],
  ['amended', 'Corrected'],
  ['cancelled', 'Cancelled'],
  [undefined, 'Status not known'],
  ['odd', 'Status not known'],
])('a result that is %s reads %s', (status, words) => {
  expect(preliminaryWords(status)).toBe(words);
});

test('a range is told with its unit once, and open ends as such', () => {
  const range = (low?: number, high?: number, unit = 'g/L') =>
    rangeWords(
      result({
        referenceRange: [
          {
            ...(low === undefined ? {} : { low: { value: low, unit } }),
            ...(high === undefined ? {} : { high: { value: high, unit } }),
          },
        ],
      }),
    );
  expect(range(115, 165)).toBe('115 to 165 g/L');
  expect(range(60)).toBe('60 g/L and over');
  expect(range(undefined, 5)).toBe('up to 5 g/L');
  expect(rangeWords(result({}))).toBeUndefined();
});
