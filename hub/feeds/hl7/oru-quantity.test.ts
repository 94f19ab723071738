import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantityOf, rangeOf } from './oru-quantity.ts';
import { unitOf } from './oru-units.ts';

const mmol = unitOf('MMOLL', '', '');

describe('units of London laboratories', () => {
  it('get their UCUM code where the spelling is certain, and stay as written where it is not', () => {
    expect(unitOf('UMOLL', '', '')).toMatchObject({ unit: 'umol/L', code: 'umol/L' });
    expect(unitOf('x10*9/L', '', '')).toMatchObject({ code: '10*9/L' });
    expect(unitOf('x10^12/L', '', '')).toMatchObject({ code: '10*12/L' });
    expect(unitOf('PERCENT', '', '')).toMatchObject({ unit: '%', code: '%' });
    expect(unitOf('/10', '', '')).toEqual({ unit: '/10' });
    expect(unitOf('', '', '')).toBeUndefined();
  });

  it('are never converted: a filtration rate in mL/min is not one per 1.73 m2', () => {
    expect(unitOf('MLMIN', '', '')?.code).toBe('mL/min');
    expect(unitOf('mL/min/1.73m2', '', '')?.code).toBe('mL/min/{1.73_m2}');
  });

  it('by a code of UCUM are that code', () => {
    expect(unitOf('[IU]/mL', 'international unit per milliliter', 'UCUM')).toMatchObject({ code: '[IU]/mL' });
  });
});

describe('a number with its sign', () => {
  it('keeps the sign: below 15 is not 15 (misreading 20)', () => {
    expect(quantityOf('<15', mmol)).toMatchObject({ value: 15, comparator: '<', code: 'mmol/L' });
    expect(quantityOf('>= 100', undefined)).toEqual({ value: 100, comparator: '>=' });
    expect(quantityOf('98.00', undefined)).toEqual({ value: 98 });
    expect(quantityOf('-1.5', undefined)).toEqual({ value: -1.5 });
  });

  it('is words when it is anything else, or longer than a number can hold', () => {
    for (const words of ['Haemolysed', '1,250', '10-99', '<', '1e9', '', '12345678901234567']) {
      expect(quantityOf(words, undefined), words).toBeUndefined();
    }
  });

  it('of up to fifteen digits is kept exactly', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -99_999_999, max: 99_999_999 }),
        fc.integer({ min: 0, max: 6 }),
        (whole, places) => {
          const written = (whole / 10 ** places).toFixed(places);
          expect(quantityOf(written, undefined)?.value).toBe(Number(written) + 0);
        },
      ),
    );
  });
});

describe('reference ranges', () => {
  it('are read as laboratories pad them', () => {
    expect(rangeOf('49 - 92', mmol)).toMatchObject({ low: { value: 49 }, high: { value: 92, code: 'mmol/L' } });
    expect(rangeOf('[ 4.2 - 6.0 ]', undefined)).toEqual({ low: { value: 4.2 }, high: { value: 6 } });
    expect(rangeOf('4.0-11.0', undefined)).toEqual({ low: { value: 4 }, high: { value: 11 } });
    expect(rangeOf('40 to 160', undefined)).toEqual({ low: { value: 40 }, high: { value: 160 } });
    expect(rangeOf('-2 - 2', undefined)).toEqual({ low: { value: -2 }, high: { value: 2 } });
  });

  it('with one bound keep on which side it lies, and their words where the bound itself is outside', () => {
    expect(rangeOf('[ < 0.21 ]', undefined)).toEqual({ high: { value: 0.21 }, text: '< 0.21' });
    expect(rangeOf('>=60', undefined)).toEqual({ low: { value: 60 } });
  });

  it('are none where nothing stands in the brackets, and words where it is no range', () => {
    expect(rangeOf('[ ]', undefined)).toBeUndefined();
    expect(rangeOf('', undefined)).toBeUndefined();
    expect(rangeOf('Recommended: <200', undefined)).toEqual({ text: 'Recommended: <200' });
  });
});
