import { describe, expect, it } from 'vitest';
import { eachEngine } from '../store/testing.ts';
import {
  declarationOf,
  emptyForm,
  problemsOf,
  readPickerForm,
  reasonWords,
  searchPeople,
  type PickerForm,
} from './picker-search.ts';
import { addPeople, people } from './testing-people.ts';

describe('the picker’s form', () => {
  const good: PickerForm = { ...emptyForm, nhsNumber: '999 000 0018', reason: 'agrees' };
  const fields = (form: Partial<PickerForm>) => problemsOf({ ...good, ...form }).map(({ field }) => field);

  it('reads what was typed without the blanks around it, and no reason that is not offered', () => {
    const typed = new URLSearchParams({ family: '  Lark ', reason: 'toString', day: ' 3' });
    expect(readPickerForm(typed)).toEqual({ ...emptyForm, family: 'Lark', day: '3' });
  });

  it('is complete with a number and a reason, or a name, a birth date and a reason', () => {
    expect(fields({})).toEqual([]);
    expect(fields({ nhsNumber: '', family: 'Lark', day: '1', month: '12', year: '1941' })).toEqual([]);
  });

  it('names each field that is missing or wrong', () => {
    expect(fields({ nhsNumber: '' })).toEqual(['nhsNumber']);
    expect(fields({ nhsNumber: '9990000019' })).toEqual(['nhsNumber']);
    expect(fields({ family: 'Lark' })).toEqual(['day']);
    expect(fields({ day: '1', month: '1', year: '1941' })).toEqual(['family']);
    expect(fields({ family: 'Lark', day: '31', month: '2', year: '1941' })).toEqual(['day']);
    expect(fields({ family: 'Lark', day: '1', month: '1', year: '41' })).toEqual(['day']);
    expect(fields({ reason: undefined })).toEqual(['reason-agrees']);
    expect(fields({ reason: 'absent', why: 'x' })).toEqual(['why']);
    expect(fields({ why: 'x'.repeat(301) })).toEqual(['why']);
  });

  it('declares nothing new where what was said before still holds', () => {
    expect(fields({ reason: 'standing' })).toEqual([]);
    expect(declarationOf({ ...good, reason: 'standing' })).toBeUndefined();
    expect(declarationOf({ ...good, why: 'at the desk' })).toEqual({ ground: 'agrees', reason: 'at the desk' });
  });

  it('keeps the reason in words', () => {
    expect(reasonWords(good)).toBe('The person is here and agrees');
    expect(reasonWords({ ...good, reason: 'absent', why: 'Visit tomorrow' })).toBe(
      'The person is not here: Visit tomorrow',
    );
  });
});

eachEngine('searching from the picker', ({ db }) => {
  const found = async (form: Partial<PickerForm>) => {
    await addPeople(db());
    return (await searchPeople(db(), { ...emptyForm, ...form })).map(({ id }) => id).sort();
  };
  const wren = { family: 'Wren', day: '2', month: '1', year: '1950' };

  it('finds by number, by name and birth date, and everybody who fits', async () => {
    expect(await found({ nhsNumber: people.bea.nhs })).toEqual([people.bea.id]);
    expect(await found(wren)).toEqual([people.carl.id, people.cora.id]);
  });

  it('finds nobody by a name alone, and nobody when number and name name different people', async () => {
    expect(await found({ family: 'Wren' })).toEqual([]);
    expect(await found({ ...wren, nhsNumber: people.bea.nhs })).toEqual([]);
  });
});
