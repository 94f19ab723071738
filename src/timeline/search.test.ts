import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry, Statement } from './entry.ts';
import { fold, searchWords } from './fold.ts';
import { newIndex, searchFor, type StatedWords, type WordsOf } from './search.ts';
import { entryOf } from './testing.ts';

const statement = (reference: string): Statement => ({
  reference,
  resource: { resourceType: 'Encounter', id: reference },
  source: 'emis',
  organisation: 'F83063',
});
/** Details by statement, as an opened entry would show them. */
const detailsFrom =
  (details: Readonly<Record<string, readonly StatedWords[]>>): WordsOf =>
  ({ reference }) =>
    details[reference] ?? [];

const stay = entryOf({
  key: 'Encounter/stay',
  title: 'Hospital stay: hip fracture',
  detail: ['Whittington Hospital, Coyle ward'],
  facts: ['5 nights'],
  cautions: ['No discharge recorded'],
  statements: [statement('stay'), statement('stay-gp')],
});
const details = detailsFrom({
  stay: [
    { name: 'Seen by', words: 'Consultant, Dr Zoë Björk' },
    { name: 'Kind', words: 'Not named: SNOMED CT 32485007; Inpatient' },
    { name: 'Start', words: '14-Nov-2026 02:41' },
  ],
  'stay-gp': [{ name: 'Came from', words: 'Usual place of residence' }],
  'letter-1': [{ name: 'Title', words: 'Discharge summary, orthopaedics' }],
});
const search = (text: string, wordsOf: WordsOf | undefined = details, linked?: ReadonlyMap<string, Statement[]>) =>
  searchFor(searchWords(text), newIndex(), wordsOf, linked);

describe('searching what is loaded (T6)', () => {
  it.each([
    ['HIP fracture', true],
    ['fracture, hip', false],
    ['coyle', true],
    ['5 nights', true],
    ['no discharge', true],
    ['bjork hip', true],
    ['residence', true],
    ['frac', true],
    ['stroke', false],
    ['hip stroke', false],
    ['', true],
  ])('“%s” meets the stay: %s', (text, met) => {
    expect(search(text).matches(stay)).toBe(met);
  });

  it('never meets a code, an id or a date: those are not words', () => {
    for (const text of ['32485007', 'SNOMED', 'Encounter/stay', 'F83063', '14-Nov-2026', '02:41']) {
      expect(search(text).matches(stay)).toBe(false);
    }
  });

  it('says where a word was met that the row does not show, by name and never in its words', () => {
    expect(search('hip').foundInDetails(stay)).toEqual([]);
    expect(search('hip bjork').foundInDetails(stay)).toEqual(['Seen by']);
    expect(search('residence zoe').foundInDetails(stay)).toEqual(['Seen by', 'Came from']);
  });

  it('meets the letters and reports that stand in an entry’s details by their titles', () => {
    const linked = new Map([['Encounter/stay', [statement('letter-1')]]]);
    expect(search('orthopaedics').matches(stay)).toBe(false);
    expect(search('orthopaedics', details, linked).matches(stay)).toBe(true);
  });

  it('meets what stands within an entry and what another source calls it, as they are titled: neither is lost for having no row', () => {
    const part = entryOf({ key: 'Encounter/part', title: 'Emergency department: fall' });
    const told = entryOf({ key: 'Encounter/gp', title: 'Hospital stay: broken thigh bone' });
    const whole: Entry = {
      ...stay,
      children: [part],
      joined: {
        witnesses: [
          { entry: stay, because: undefined },
          { entry: told, because: 'same dates' },
        ],
        differences: [],
      },
    };
    expect(search('thigh').matches(stay)).toBe(false);
    expect(search('thigh emergency').matches(whole)).toBe(true);
    expect(search('thigh emergency').foundInDetails(whole)).toEqual(['Within this', 'Told by several sources']);
    expect(search('stroke').matches(whole)).toBe(false);
  });

  it('without the details searches the rows, and meets nothing it cannot show', () => {
    const rows = searchFor(searchWords('bjork'), newIndex());
    expect(rows.matches(stay)).toBe(false);
    expect(searchFor(searchWords('coyle'), newIndex()).matches(stay)).toBe(true);
  });

  it('no word is met across two lines', () => {
    expect(search('wardno').matches(stay)).toBe(false);
    expect(search('fracturewhittington').matches(stay)).toBe(false);
  });
});

it('finds what the slow way finds, for any words and with what was folded before', () => {
  const words = fc.constantFrom('hip', 'Fracture', 'Zoë', 'ward', 'no evidence of', 'Björk', '');
  const line = fc.array(words, { maxLength: 3 }).map((said) => said.join(' '));
  const entries = fc.array(
    fc.record({ title: line, detail: fc.array(line, { maxLength: 2 }), stated: fc.array(line, { maxLength: 2 }) }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(entries, fc.array(line, { minLength: 1, maxLength: 3 }), (given, searches) => {
      const stated: Record<string, StatedWords[]> = {};
      const all = given.map(({ title, detail, stated: said }, place): Entry => {
        stated[`s${place}`] = said.map((text) => ({ name: 'Note', words: text }));
        return entryOf({ key: `e${place}`, title, detail, statements: [statement(`s${place}`)] });
      });
      const index = newIndex();
      for (const text of searches) {
        const found = searchFor(searchWords(text), index, detailsFrom(stated));
        for (const [place, entry] of all.entries()) {
          const lines = [entry.title, ...entry.detail, ...(stated[`s${place}`] ?? []).map((said) => said.words)];
          const slow = searchWords(text).every((word) => lines.some((said) => fold(said).includes(word)));
          expect(found.matches(entry)).toBe(slow);
        }
      }
    }),
    { numRuns: 300 },
  );
});
