import { expect, it } from 'vitest';
import { markup } from '../markup.ts';
import { list, mostListed } from './page-parts.ts';

/** A page's list of dead letters, by their numbers. */
function listed(count: number): { numbers: string[]; text: string } {
  const { text } = list(
    Array.from({ length: count }, (_, place) => `letter ${place + 1}`),
    'Every message could be used.',
    (letter) => markup`<li>${letter}</li>`,
  );
  return { numbers: text.match(/letter \d+/g) ?? [], text };
}

it('what is more than a page lists is not left out without a word', () => {
  const whole = listed(mostListed);
  expect(whole.numbers).toHaveLength(mostListed);
  expect(whole.text).not.toContain('There are more');
  const part = listed(mostListed + 1);
  expect(part.numbers).toEqual(whole.numbers);
  expect(part.text).toContain('These are the first 200. There are more.');
});

it('a list without anything in it says what that means', () => {
  expect(listed(0)).toEqual({ numbers: [], text: '<p>Every message could be used.</p>' });
});
