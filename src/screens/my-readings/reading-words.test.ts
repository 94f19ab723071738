import { describe, expect, it } from 'vitest';
import { fieldTime, readingWords, readTyped, type Typed } from './reading-words.ts';

const now = Date.parse('2026-07-23T08:10:00+01:00');
const typed = (parts: Partial<Typed>): Typed => ({
  kind: 'blood-pressure',
  kilograms: '',
  systolic: '152',
  diastolic: '88',
  taken: '2026-07-23T08:10',
  ...parts,
});
const problemsOf = (parts: Partial<Typed>) => {
  const read = readTyped(typed(parts), now);
  return 'problems' in read ? read.problems : [];
};

describe('what a person types of a reading', () => {
  it('is read as it is meant, by the clock in London', () => {
    expect(readTyped(typed({}), now)).toEqual({
      reading: { kind: 'blood-pressure', systolic: 152, diastolic: 88 },
      at: now,
    });
    expect(readTyped(typed({ kind: 'weight', kilograms: ' 82,5 ' }), now)).toMatchObject({
      reading: { kind: 'weight', kilograms: 82.5 },
    });
    expect(fieldTime(now)).toBe('2026-07-23T08:10');
    expect(readingWords({ kind: 'weight', kilograms: 82.5 })).toBe('Weight 82.5 kg');
    expect(readingWords({ kind: 'blood-pressure', systolic: 152, diastolic: 88 })).toBe('Blood pressure 152/88 mmHg');
  });

  it.each<[string, Partial<Typed>, string]>([
    ['nothing', { systolic: '', diastolic: '' }, 'The upper number is from 50 to 300.'],
    ['the numbers the wrong way round', { systolic: '88', diastolic: '152' }, 'The upper number has to be greater'],
    ['stones for kilograms', { kind: 'weight', kilograms: '13st 2' }, 'A weight is from 1 to 400 kilograms.'],
    ['a weight in grams', { kind: 'weight', kilograms: '8250' }, 'A weight is from 1 to 400 kilograms.'],
    ['words', { systolic: '1e2' }, 'The upper number is from'],
    ['no day', { taken: '' }, 'Say on which day'],
    ['tomorrow', { taken: '2026-07-24T08:10' }, 'later than now'],
    ['two years ago', { taken: '2024-07-23T08:10' }, 'more than a year ago'],
  ])('is refused in words: %s', (_what, parts, words) => {
    expect(problemsOf(parts).join(' ')).toContain(words);
  });
});
