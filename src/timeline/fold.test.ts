import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, piecesOf, searchWords } from './fold.ts';

const odd = fc.string({
  unit: fc.constantFrom('a', 'B', 'ß', 'é', 'e\u0301', 'İ', 'Σ', ' ', '\t', '’', "'", '😀', '-', '1', '\u0301', 'ﬁ'),
  maxLength: 25,
});

describe('text as it is compared', () => {
  it.each([
    ['Zoë', 'zoe'],
    ['ZOE\u0308', 'zoe'],
    ['Crohn’s  disease', "crohn's disease"],
    ['Ångström', 'angstrom'],
  ])('%s reads as %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('a search is its words, each once', () => {
    expect(searchWords('  Hip   FRACTURE hip ')).toEqual(['hip', 'fracture']);
    expect(searchWords(' \t ')).toEqual([]);
  });
});

describe('marking what was found', () => {
  const marked = (text: string, ...words: string[]) =>
    piecesOf(text, words)
      .map((piece) => (piece.found ? `[${piece.text}]` : piece.text))
      .join('');

  it('marks each place, whatever its accents and letters, as it is written', () => {
    expect(marked('Seen by Zoë Björk', 'zoe', 'bjor')).toBe('Seen by [Zoë] [Björ]k');
    expect(marked('Zoe\u0308 was here', 'zoe')).toBe('[Zoe\u0308] was here');
    expect(marked('Fall, fallen, FALL', 'fall')).toBe('[Fall], [fall]en, [FALL]');
    expect(marked('banana', 'ana')).toBe('b[anana]');
    expect(marked('No evidence', 'cough')).toBe('No evidence');
    expect(marked('anything')).toBe('anything');
  });

  it('never changes, loses or doubles a letter, and marks something whenever the search meets something', () => {
    fc.assert(
      fc.property(odd, odd, (text, search) => {
        const words = searchWords(search);
        const pieces = piecesOf(text, words);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        const met = words.some((word) => fold(text).includes(word));
        expect(pieces.some((piece) => piece.found)).toBe(met);
      }),
      { numRuns: 1000 },
    );
  });
});
