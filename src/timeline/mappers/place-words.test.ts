import { describe, expect, it } from 'vitest';
import { namesSite, notYetSaid, placeUnder } from './place-words.ts';

describe('a row says each fact once', () => {
  it.each([
    ['Outpatient: cardiology', 'Cardiology clinic, University College Hospital', 'University College Hospital'],
    ['Emergency department: chest pain', 'Emergency department, Whittington Hospital', 'Whittington Hospital'],
    [
      'Booked: renal medicine clinic',
      'Renal Medicine clinic, University College Hospital',
      'University College Hospital',
    ],
    ['Outpatient: renal medicine', 'Dialysis unit, University College Hospital', undefined],
    ['Visit: head injury', 'Emergency department, Whittington Hospital', undefined],
    ['Outpatient: cardiology', 'Cardiology clinic', undefined],
    ['Outpatient', ', University College Hospital', undefined],
  ])('under "%s" the place "%s" reads "%s"', (title, place, words) => {
    expect(placeUnder(title, place)).toBe(words ?? place);
  });

  it('a ward with its site needs no trust beside it; a ward alone does', () => {
    expect(namesSite('Coyle ward, Whittington Hospital')).toBe(true);
    expect(namesSite('Coyle ward')).toBe(false);
  });

  it('a fact the second line says already is left out; one that only shares a word with it is not', () => {
    expect(notYetSaid(['at home', '5 nights'], ['At home', 'Wound clean'])).toEqual(['5 nights']);
    expect(notYetSaid(['online'], ['Online consultation'])).toEqual([]);
    expect(notYetSaid(['emergency'], ['Emergency surgical ward'])).toEqual(['emergency']);
  });
});
