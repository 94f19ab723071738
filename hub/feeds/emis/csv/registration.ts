import type { List } from 'fhir/r4';
import { day } from './dates.ts';
import { type Telling } from './told.ts';
import type { Row } from './row.ts';

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A day as it is written for clinicians here (NHS CUI): 02-Nov-2026. */
export function spokenDay(date: string): string {
  const [year = '', month = '', dayOfMonth] = date.split('-');
  return [dayOfMonth, months[Number(month) - 1], year].filter((part) => part !== undefined).join('-');
}

/**
 * That this practice's record goes no further: told as a list's own warning, which reaches the reader with the
 * completeness notices (T3), because a record that ended years ago reads like one in which nothing happened since.
 */
export function leftPractice({ subject, patient, words }: Telling, row: Row): List {
  const left = day(row['DateOfDeactivation']);
  const practice = words.organisation(row['OrganisationGuid'])?.display ?? 'this practice';
  const when = left === undefined ? '' : ` on ${spokenDay(left)}`;
  return {
    resourceType: 'List',
    id: `${subject}-left`,
    status: 'current',
    mode: 'snapshot',
    title: 'GP record',
    code: { text: 'GP record' },
    subject: patient,
    date: left,
    note: [
      { text: `The registration with ${practice} ended${when}. What happened after that is missing from its record.` },
    ],
  };
}
