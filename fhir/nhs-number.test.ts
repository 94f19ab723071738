import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDigit, formatNhsNumber, isTestNhsNumber, parseNhsNumber } from './nhs-number.ts';

const nineDigits = fc.integer({ min: 0, max: 999_999_999 }).map((n) => String(n).padStart(9, '0'));

describe('NHS number', () => {
  test('is taken as it is pasted: bare, in groups, with hyphens', () => {
    for (const text of ['9990000018', '999 000 0018', ' 999-000-0018 ', '999\u00a0000\u00a00018']) {
      expect(parseNhsNumber(text)).toBe('9990000018');
    }
  });

  test('is refused with a wrong check digit, a digit too few or too many, or a letter', () => {
    for (const text of ['9990000019', '999000001', '99900000180', '999000001O', '']) {
      expect(parseNhsNumber(text)).toBeUndefined();
    }
  });

  test('is not one digit ten times, by which systems say that they know none', () => {
    for (let digit = 0; digit < 10; digit += 1) expect(parseNhsNumber(`${digit}`.repeat(10))).toBeUndefined();
  });

  test('exactly one of ten last digits is right, or none where the number is never issued', () => {
    fc.assert(
      fc.property(nineDigits, (nine) => {
        fc.pre(!/^(\d)\1{8}$/.test(nine));
        const right = Array.from({ length: 10 }, (_, last) => `${nine}${last}`).filter(
          (ten) => parseNhsNumber(ten) === ten,
        );
        expect(right.length).toBe(checkDigit(nine) === undefined ? 0 : 1);
      }),
    );
  });

  test('one mistyped digit is always noticed', () => {
    fc.assert(
      fc.property(nineDigits, fc.nat(9), fc.integer({ min: 1, max: 9 }), (nine, place, by) => {
        const check = checkDigit(nine);
        fc.pre(check !== undefined);
        const digits = `${nine}${check}`.split('');
        digits[place] = String((Number(digits[place]) + by) % 10);
        expect(parseNhsNumber(digits.join(''))).toBeUndefined();
      }),
    );
  });

  test('is shown in groups of three, three and four that never break across lines', () => {
    expect(formatNhsNumber('9990000018')).toBe('999\u00a0000\u00a00018');
    expect(parseNhsNumber(formatNhsNumber('9990000018'))).toBe('9990000018');
  });

  test('from 999 is for testing', () => {
    expect(isTestNhsNumber('9990000018')).toBe(true);
    expect(isTestNhsNumber('4857773456')).toBe(false);
  });
});
