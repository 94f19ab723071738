import { expect, test } from 'vitest';
import { statusWords } from './status-words.ts';

test.each([
  ['finished', 'Finished'],
  ['noshow', 'Did not attend'],
  ['onleave', 'On leave'],
  ['onhold', 'On hold'],
  ['fulfilled', 'Kept'],
  ['waitlist', 'On a waiting list'],
  ['superseded', 'Replaced by a newer version'],
  ['not-done', 'Not done'],
  ['checked-in', 'Arrived'],
  ['a-code-of-tomorrow', 'A code of tomorrow'],
  ['', undefined],
  [undefined, undefined],
  [7, undefined],
])('the status %j is said as %j', (status, words) => {
  expect(statusWords(status)).toBe(words);
});
