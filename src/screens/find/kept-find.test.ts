import { expect, it } from 'vitest';
import { keepFind, keptFind } from './kept-find.ts';

const who = 'https://hub.example/fhir florence 1';

it('the words searched for come back from the history of the same session', () => {
  const state = keepFind({ other: 1 }, who, 'hip fracture', {});
  expect(keptFind(state, who).text).toBe('hip fracture');
  expect(state).toMatchObject({ other: 1 });
});

it('what was searched for in one person’s record is never searched for in another’s', () => {
  const state = keepFind(null, who, 'hip fracture', { organisations: { how: 'only', values: ['A clinic in words'] } });
  expect(keptFind(state, 'https://hub.example/fhir george 2')).toEqual({ text: '' });
});

it('what is no find reads as none', () => {
  for (const odd of [
    null,
    undefined,
    'x',
    3,
    [],
    {},
    { find: null },
    { find: { who, text: 7, sources: { how: 'x' } } },
  ]) {
    expect(keptFind(odd, who)).toEqual({ text: '' });
  }
});
