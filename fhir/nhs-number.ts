/**
 * NHS number as ten bare digits, or undefined when the text is not one.
 * Spaces and hyphens are dropped first (a pasted `999 000 0018`). Check digit: weights 10..2 over nine digits,
 * 11 minus the sum modulo 11; 11 counts as 0 and 10 is never issued (NHS Data Dictionary, NHS NUMBER). One digit ten
 * times has a right check digit and is what systems write for "none": joined by, it would make one person of many.
 */
export function parseNhsNumber(text: string): string | undefined {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^\d{10}$/.test(digits) || /^(\d)\1{9}$/.test(digits)) return undefined;
  return checkDigit(digits.slice(0, 9)) === Number(digits[9]) ? digits : undefined;
}

/** The check digit for nine digits, or undefined where the number can never be issued. */
export function checkDigit(nineDigits: string): number | undefined {
  let sum = 0;
  for (let i = 0; i < 9; i += 1) sum += Number(nineDigits[i]) * (10 - i);
  const check = 11 - (sum % 11);
  if (check === 10) return undefined;
  return check === 11 ? 0 : check;
}

/** Numbers from 999 are for testing and never issued to a person. */
export function isTestNhsNumber(digits: string): boolean {
  return digits.startsWith('999');
}

/** 3-3-4 with no-break spaces, so that a number never wraps (NHS Common User Interface, NHS Number Display). */
export function formatNhsNumber(digits: string): string {
  return `${digits.slice(0, 3)}\u00a0${digits.slice(3, 6)}\u00a0${digits.slice(6)}`;
}
