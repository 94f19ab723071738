import { createHash } from 'node:crypto';

// Own ids are made of the source's numbers alone, so that whatever names a thing finds it, told or not yet. Each holds the
// person's number too: a visit number that was used twice must never lead from one person to another (wrong patient).

/** The id of a visit (PV1-19) among this person's Encounters. */
export function encounterId(subject: string, visitNumber: string): string {
  return ownId(subject, 'visit', visitNumber);
}

/** The id of a booking (SCH-1 or SCH-2) among this person's Appointments. */
export function appointmentId(subject: string, number: string): string {
  return ownId(subject, 'appointment', number);
}

/**
 * An id of these words, as FHIR allows one: letters, digits, `-` and `.`, at most 64. Where that loses anything, a digest
 * of the words as they were keeps ids apart that only look alike then.
 */
export function ownId(...words: readonly string[]): string {
  const whole = words.join('-');
  const plain = whole.replace(/[^A-Za-z0-9.-]+/g, '-');
  if (plain === whole && plain.length <= 64) return plain;
  const digest = createHash('sha256').update(words.join('\u0000')).digest('hex').slice(0, 16);
  return `${plain.slice(0, 47)}-${digest}`;
}
