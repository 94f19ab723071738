import { expect, test } from 'vitest';
import { brokenWords, declarationProblem, glassProblem, groundWords, paperGround } from './ground-words.ts';

const until = Date.UTC(2028, 10, 22, 9, 30);

test('a reader is told on what ground they read: whose system knows the person, or what they declared and until when', () => {
  expect(groundWords('system', undefined, 'EMIS')).toBe('You read this as: known to EMIS.');
  expect(groundWords('absent', until, 'Intranet')).toBe('You declared: the person is not here, until 22-Nov-2028.');
  expect(groundWords('none', undefined, 'EMIS')).toBeUndefined();
  expect(groundWords('toString', undefined, 'EMIS')).toBeUndefined();
});

test('broken glass says until when, and who is told', () => {
  expect(brokenWords(until)).toBe('Glass broken until 09:30. The person and the privacy officer are told.');
});

test('a document says on what ground it was read, and that the glass was broken, by whom and when', () => {
  const declared = { ground: 'cannot', until, broken: undefined };
  expect(paperGround(declared, 'Dr Pryce', 'Intranet')).toEqual({
    ground: 'Read by Dr Pryce, who declared: the person cannot consent, until 22-Nov-2028.',
    broken: undefined,
  });
  const broken = { ground: 'system', until: undefined, broken: { since: until } };
  const { ground, broken: told } = paperGround(broken, 'Dr Pryce', 'EMIS');
  expect(ground).toBe('Read by Dr Pryce as: known to EMIS.');
  expect(told).toMatch(
    /^The glass was broken by Dr Pryce at 22-Nov-2028 09:30: .* The person and the privacy officer are/,
  );
  expect(paperGround({ ...declared, ground: 'self' }, 'Ann', 'NHS login').ground).toBeUndefined();
});

test('a ground is declared with a choice, and for somebody who is not here in words', () => {
  expect(declarationProblem(undefined, 'x')).toBe('Say why you open this record.');
  expect(declarationProblem('absent', ' a ')).toMatch(/^Say in a few words/);
  expect(declarationProblem('absent', 'Care review')).toBeUndefined();
  expect(declarationProblem('agrees', '')).toBeUndefined();
});

test('the last resort wants a reason of the list and words of one’s own', () => {
  expect(glassProblem(undefined, 'Unconscious on arrival')).toBe('Choose why you open what is withheld.');
  expect(glassProblem('law', 'court      ')).toMatch(/^Say in your own words why, in 10 characters or more/);
  expect(glassProblem('law', 'A court has asked')).toBeUndefined();
});
