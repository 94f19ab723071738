import { expect, it } from 'vitest';
import type { KeyItem } from '../../timeline/key-information/topics.ts';
import { saidOnce } from './said-once.ts';

const item = (text: string, source: string, parts: Partial<KeyItem> = {}): KeyItem => ({
  key: `${text} ${source}`,
  text,
  detail: [],
  label: undefined,
  source,
  organisation: undefined,
  recorded: undefined,
  age: undefined,
  by: undefined,
  certainty: undefined,
  codes: [],
  against: [],
  narrative: undefined,
  ...parts,
});

it('an allergy says its substance, then its reactions in one breath, then who states it', () => {
  const peanut = item('Peanut', 'GP', { detail: ['Anaphylaxis', 'severe', 'high risk'] });
  expect(saidOnce([peanut])).toEqual(['Peanut: anaphylaxis, severe, high risk (GP)']);
  expect(saidOnce([{ ...peanut, label: 'Suspected' }])).toEqual([
    'Suspected: Peanut: anaphylaxis, severe, high risk (GP)',
  ]);
});

it('an allergy that its source qualifies in a longer text says so', () => {
  const noted = item('Penicillin', 'GP', { detail: ['Rash'], narrative: 'Tolerated amoxicillin in 2024.' });
  expect(saidOnce([noted], true)).toEqual(['Penicillin: rash, see note (GP)']);
  expect(saidOnce([noted])).toEqual(['Penicillin: rash (GP)']);
});

it('what two sources state in the same words is said once, with both', () => {
  expect(saidOnce([item('Lives alone', 'Council'), item('Key safe', 'Council'), item('Lives alone', 'GP')])).toEqual([
    'Lives alone (Council, GP)',
    'Key safe (Council)',
  ]);
});

it('what they state differently stays apart', () => {
  const rash = item('Penicillin', 'GP', { detail: ['Rash'] });
  expect(saidOnce([rash, item('Penicillin', 'UCLH')])).toEqual(['Penicillin: rash (GP)', 'Penicillin (UCLH)']);
});
