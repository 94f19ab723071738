import { expect, test } from 'vitest';
import type { Entry, Joined } from '../../timeline/entry.ts';
import { entryOf } from '../testing/entries.ts';
import { joinedSentence, otherWords, saidBy, witnessNames } from './joined-words.ts';

const toldBy = (key: string, source: string, more: Partial<Entry> = {}) =>
  entryOf(key, '2026-11-14T02:41:00Z', {
    statements: [{ reference: key, resource: { resourceType: 'Encounter', id: key }, source, organisation: undefined }],
    ...more,
  });
const joined = (...tellings: Entry[]): Joined => ({
  witnesses: tellings.map((entry, index) => ({ entry, because: index === 0 ? undefined : 'same visit number' })),
  differences: [
    {
      what: 'outcome',
      said: [
        { key: 'a', words: 'Discharged home' },
        { key: 'b', words: 'Died' },
      ],
    },
    { what: 'time', said: [] },
  ],
});

test('one event says who tells of it and on what they differ', () => {
  const pair = joined(toldBy('a', 'system-c'), toldBy('b', 'emis'));
  expect(joinedSentence(pair)).toBe('One event, told by Whittington Hospital and GP. They differ on outcome and time.');
  expect(joinedSentence({ ...pair, differences: [] })).toBe('One event, told by Whittington Hospital and GP.');
});

test('a source that tells twice is counted, and each telling has a name of its own', () => {
  const thrice = joined(
    toldBy('a', 'system-c', { title: 'Hospital stay: fall' }),
    toldBy('b', 'emis'),
    toldBy('c', 'system-c', { title: 'Letter: discharge summary' }),
    toldBy('d', 'system-c', { title: 'Letter: addendum' }),
  );
  expect(joinedSentence(thrice)).toMatch(/^One event, told 4 times by Whittington Hospital and GP\./);
  expect([...witnessNames(thrice).values()]).toEqual([
    'Whittington Hospital, hospital stay',
    'GP',
    'Whittington Hospital, letter',
    'Whittington Hospital, letter (2)',
  ]);
});

test('a source that is silent where others differ is said to be silent, never to agree', () => {
  const [difference] = joined(toldBy('a', 'system-c')).differences;
  if (difference === undefined) throw new Error('no difference');
  expect([saidBy(difference, 'b'), saidBy(difference, 'c')]).toEqual(['Died', 'Not stated']);
});

test.each([
  ['2026-11-14T22:40:00Z', '“Emergency department” at 22:40'],
  ['2026-11-14', '“Emergency department” on the same day'],
  ['2026-11-15T01:00:00Z', '“Emergency department”, 15-Nov-2026 01:00'],
  [undefined, '“Emergency department”, date not known'],
])('the other row of a doubt is named with what tells it apart: %s', (start, words) => {
  const own = entryOf('own', '2026-11-14T19:40:00Z');
  expect(otherWords(entryOf('other', start, { title: 'Emergency department' }), own)).toBe(words);
});
