import { parseNhsNumber } from '../../fhir/nhs-number.ts';
import { parsePartialDate } from '../../fhir/partial-date.ts';
import { findByNameAndBirthDate, findByNhsNumber } from '../people/find.ts';
import type { PersonSummary } from '../people/person.ts';
import type { Sql } from '../store/database.ts';

/** Why somebody opens a record without a launch; the words are kept and can be read by the person. */
export const reasons = {
  agrees: 'The person is here and agrees',
  cannot: 'The person cannot consent',
  absent: 'The person is not here',
} as const;
export type Reason = keyof typeof reasons;

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

const longestWhy = 300;

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
  if (form.reason === 'absent' && form.why.length < 3) {
    problems.push({ field: 'why', words: 'Say in a few words why you open the record of somebody who is not here' });
  }
  if (form.why.length > longestWhy) {
    problems.push({ field: 'why', words: `Give the reason in ${longestWhy} characters or fewer` });
  }
  return problems;
}

/** The reason as it is kept with the authorization and in the audit. */
export function reasonWords(form: PickerForm): string {
  const words = form.reason === undefined ? '' : reasons[form.reason];
  return form.why === '' ? words : `${words}: ${form.why}`;
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
