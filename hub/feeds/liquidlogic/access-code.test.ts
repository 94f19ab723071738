import { describe, expect, it } from 'vitest';
import { holdsAccessCode } from './access-code.ts';

describe('words that hold the code of a door', () => {
  it.each([
    'Key safe code 4471',
    'Keysafe beside the street door: C1987X',
    'Use 2580 at the entry phone',
    'Door PIN is 190 266',
    'alarm off with 0000',
    'Key safe 1987',
    'To get in press 12, then 4471 on the keypad',
    'Gate: enter 5590',
  ])('“%s” does', (text) => {
    expect(holdsAccessCode(text)).toBe(true);
  });

  it.each([
    'Key safe fitted: ask the daughter for access',
    'Key safe: ring the daughter on 020 7946 0706',
    'Access through the garden, mobile 07700 900901',
    'Lives alone, two cats, flat 4',
    'Review on 12/11/2026',
    'Key safe fitted in November 2026',
    'Falls alarm since 2024, flat 120, entry by the side door',
    'Has access to the garden. Seen on 14 November 2026, weight 640 kg of furniture moved',
  ])('“%s” does not', (text) => {
    expect(holdsAccessCode(text)).toBe(false);
  });
});
