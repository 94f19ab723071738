import { parseNhsNumber } from '../../fhir/nhs-number.ts';
import { parsePartialDate } from '../../fhir/partial-date.ts';
import { findByNameAndBirthDate, findByNhsNumber } from '../people/find.ts';
import type { PersonSummary } from '../people/person.ts';
import type { Sql } from '../store/database.ts';
import {
  declaredGrounds,
  faultOf,
  groundWords,
  type DeclaredGround,
  type Declaration,
} from '../access/relationship/grounds.ts';

/** Why somebody opens a record without a launch: a ground declared now, or one that they declared before. */
export type Reason = DeclaredGround | 'standing';

/** What each is called; the words are kept and can be read by the person. */
export const reasons: Record<Reason, string> = {
  ...declaredGrounds,
  standing: 'I said why before, and it still holds',
};

/** The picker's form as it was sent. */
export interface PickerForm {
  nhsNumber: string;
  family: string;
  day: string;
  month: string;
  year: string;
  reason: Reason | undefined;
  /** Told in the user's own words; required when the person is not here. */
  why: string;
}

export const emptyForm: PickerForm = {
  nhsNumber: '',
  family: '',
  day: '',
  month: '',
  year: '',
  reason: undefined,
  why: '',
};

export function readPickerForm(fields: URLSearchParams): PickerForm {
  const field = (name: string) => (fields.get(name) ?? '').trim();
  const reason = field('reason');
  return {
    nhsNumber: field('nhsNumber'),
    family: field('family'),
    day: field('day'),
    month: field('month'),
    year: field('year'),
    reason: Object.hasOwn(reasons, reason) ? (reason as Reason) : undefined,
    why: field('why'),
  };
}

/** A fault of the form: the field it is about and what to do. */
export interface Problem {
  field: string;
  words: string;
}

/** What is wrong with the form; empty when it can be searched with. */
export function problemsOf(form: PickerForm): Problem[] {
  const problems: Problem[] = [];
  const byName = form.family !== '' || form.day !== '' || form.month !== '' || form.year !== '';
  if (form.nhsNumber === '' && !byName) {
    problems.push({ field: 'nhsNumber', words: 'Enter an NHS number, or a family name and date of birth' });
  }
  if (form.nhsNumber !== '' && parseNhsNumber(form.nhsNumber) === undefined) {
    problems.push({
      field: 'nhsNumber',
      words: 'This is not an NHS number. It has 10 digits, for example 999 000 0018: check each of them',
    });
  }
  if (byName && form.family === '') problems.push({ field: 'family', words: 'Enter the family name as well' });
  if (byName && birthDateOf(form) === undefined) {
    problems.push({ field: 'day', words: 'Enter the date of birth as day, month and year, for example 31 3 1980' });
  }
  if (form.reason === undefined) problems.push({ field: 'reason-agrees', words: 'Say why you open this record' });
  const declared = declarationOf(form);
  const fault = declared && faultOf(declared);
  if (fault !== undefined) problems.push({ field: 'why', words: fault });
  return problems;
}

/** What the form declares; undefined where it declares nothing new. */
export function declarationOf({ reason, why }: PickerForm): Declaration | undefined {
  return reason === undefined || reason === 'standing' ? undefined : { ground: reason, reason: why };
}

/** The reason as it is kept with the authorization and in the audit. */
export function reasonWords(form: PickerForm): string {
  const declared = declarationOf(form);
  if (declared !== undefined) return groundWords(declared);
  return form.reason === undefined ? '' : reasons[form.reason];
}

/** People who fit all that was given: with both a number and a name, the two must agree. */
export async function searchPeople(sql: Sql, form: PickerForm): Promise<PersonSummary[]> {
  const nhsNumber = parseNhsNumber(form.nhsNumber);
  const birthDate = birthDateOf(form);
  const byNumber = nhsNumber === undefined ? undefined : await findByNhsNumber(sql, nhsNumber);
  const byName =
    form.family === '' || birthDate === undefined
      ? undefined
      : await findByNameAndBirthDate(sql, { family: form.family, birthDate });
  if (byNumber === undefined || byName === undefined) return byNumber ?? byName ?? [];
  return byNumber.filter(({ id }) => byName.some((other) => other.id === id));
}

function birthDateOf({ day, month, year }: PickerForm): string | undefined {
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return undefined;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return parsePartialDate(date) === undefined ? undefined : date;
}
