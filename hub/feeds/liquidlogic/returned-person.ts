import type { Row } from './cld-columns.ts';
import { readDay } from './day.ts';
import type { ExtensionPerson } from './extension-schema.ts';

/** Who the person is by the line of the return that last said so, in the extension's words. */
export function personOf(row: Row, doubts: Set<string>): ExtensionPerson {
  const { firstName, lastName, practiceName, practiceCode, postcode } = row;
  const given = firstName === undefined ? undefined : [firstName];
  if (row.birth !== undefined && readDay(row.birth) === undefined)
    doubts.add('A birth date that cannot be read: left out.');
  if (row.death !== undefined && readDay(row.death) === undefined)
    doubts.add('A date of death that cannot be read: left out.');
  return defined({
    nhsNumber: row.nhsNumber,
    names:
      given === undefined && lastName === undefined
        ? []
        : [defined({ use: 'official' as const, family: lastName, given })],
    birthDate: readDay(row.birth),
    deathDate: readDay(row.death),
    gender: genderOf(row.gender),
    ethnicity: /^(?:[A-Z]|99)$/i.exec(row.ethnicity ?? '')?.[0].toUpperCase(),
    address: postcode === undefined ? undefined : { lines: [], postcode },
    practice:
      practiceName === undefined && practiceCode === undefined
        ? undefined
        : defined({ code: practiceCode, name: practiceName ?? practiceCode ?? '' }),
  });
}

/** Without the keys that have no value. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

/** The return has words, or the codes of the NHS Data Dictionary (PERSON GENDER CODE). */
function genderOf(words: string | undefined): ExtensionPerson['gender'] {
  const found = { male: 'male', m: 'male', 1: 'male', female: 'female', f: 'female', 2: 'female' }[
    words?.toLowerCase() ?? ''
  ];
  if (found === 'male' || found === 'female') return found;
  return /^(?:other|indeterminate|9)$/i.test(words ?? '') ? 'other' : words === undefined ? undefined : 'unknown';
}
