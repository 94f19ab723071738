import { expect, test } from 'vitest';
import { type Ground, groundSentences, groundsUnder, hatchWords, isPartial } from './grounds.ts';

const at = (day: string) => Date.parse(`${day}T00:00:00Z`);
const grounds: Ground[] = [
  { kind: 'loading', lanes: undefined, from: -Infinity, to: at('2021-02-03'), what: 'Entries' },
  { kind: 'failed', lanes: ['social-care'], from: -Infinity, to: Infinity, what: 'Care assessments and reviews' },
  { kind: 'not-held', lanes: ['hospital'], from: -Infinity, to: at('2003-04-01'), what: 'Hospital' },
  { kind: 'not-held', lanes: ['community'], from: -Infinity, to: at('2003-04-01'), what: 'Community' },
];

test('hatching is said in words, each reason once, for what is in view', () => {
  expect(hatchWords(grounds, { from: at('2024-11-01'), to: at('2027-02-01') })).toBe('Hatched: could not be read');
  expect(hatchWords(grounds, { from: at('1998-01-01'), to: at('2027-02-01') })).toBe(
    'Hatched: not read yet; could not be read; before records start',
  );
  expect(hatchWords([], { from: at('1998-01-01'), to: at('2027-02-01') })).toBeUndefined();
});

test('a setting has its own grounds and those of all', () => {
  expect(groundsUnder(grounds, 'gp').map(({ kind }) => kind)).toEqual(['loading']);
  expect(groundsUnder(grounds, 'social-care').map(({ kind }) => kind)).toEqual(['loading', 'failed']);
});

test('a count of a year that was not all read is partial: no zero stands for "none" there', () => {
  expect(isPartial(grounds, 'gp', { from: at('2022-01-01'), to: at('2023-01-01') })).toBe(false);
  expect(isPartial(grounds, 'gp', { from: at('2021-01-01'), to: at('2022-01-01') })).toBe(true);
  expect(isPartial(grounds, 'social-care', { from: at('2022-01-01'), to: at('2023-01-01') })).toBe(true);
});

test('whole sentences say what was not read, and since when the connected records reach', () => {
  expect(groundSentences(grounds)).toEqual({
    unread: [
      'Entries before 03-Feb-2021: not read yet. Entries may be missing.',
      'Care assessments and reviews: could not be read. Entries may be missing.',
    ],
    starts: ['Hospital, Community: connected records start from 01-Apr-2003. Earlier care is not in them.'],
  });
});
