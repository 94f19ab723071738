import { expect, test } from 'vitest';
import { conceptOrCode } from './read.ts';

test.each([
  [{ text: 'Stroke', coding: [{ code: '1' }] }, 'Stroke'],
  [{ coding: [{ system: 'http://snomed.info/sct', code: '230690007' }] }, 'Not named: SNOMED CT 230690007'],
  [
    { coding: [{ system: 'http://loinc.org' }, { system: 'http://loinc.org', code: '4548-4' }] },
    'Not named: LOINC 4548-4',
  ],
  [{ coding: [{ system: 'https://example.org/local', code: 'XB12' }] }, 'Not named: code XB12'],
  [{ coding: [{ code: ' ' }] }, undefined],
  [{}, undefined],
  [undefined, undefined],
])('what was sent without words is named by its code, and said to be unnamed: %j', (value, words) => {
  expect(conceptOrCode(value)).toBe(words);
});
