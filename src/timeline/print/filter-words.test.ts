import { expect, test } from 'vitest';
import { filterWords } from './filter-words.ts';

test('each filter in force is named in words, hidden and shown told apart', () => {
  expect(
    filterWords({
      lanes: { how: 'hide', values: ['gp', 'hospital'] },
      kinds: { how: 'only', values: ['gp-call'] },
      sources: { how: 'only', values: ['emis', ''] },
    }),
  ).toBe('Care setting: without GP, Hospital; Kind of entry: only GP phone calls; Source: only GP, not named');
});

test('a choice of nothing, a period, a search and the own organisation are named too', () => {
  expect(filterWords({ organisations: { how: 'only', values: [] } })).toBe('Organisation: only none');
  expect(filterWords({ from: 0, outside: 'F83010', matches: () => true })).toBe(
    'only outside the own organisation; only a part of the time; only what a search by words found',
  );
});
