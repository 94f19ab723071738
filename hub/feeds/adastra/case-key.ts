import { hash } from 'node:crypto';

const guid = /^\{?([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})\}?$/i;

/**
 * What a case is called in this hub, and with it the patient record that belongs to it. Neither format numbers patients, and
 * an NHS number that is unconfirmed, or becomes confirmed later, names nobody for good: so each case is a record of its own,
 * and matching joins it to a person by all that it states, as it joins any record (false join). A GUID is one the world
 * over, and the same in an export and in a report; any other reference only within the organisation that gave it.
 */
export function caseKey(reference: string, organisation: string): string {
  const [, unique] = guid.exec(reference.trim()) ?? [];
  if (unique !== undefined) return unique.toUpperCase();
  const plain = `${organisation}-${reference.trim()}`;
  const safe = plain.replaceAll(/[^\w.-]/g, '-');
  return safe === plain && plain.length <= 64 ? plain : `${safe.slice(0, 48)}-${digestOf(plain)}`;
}

/** Twelve letters and digits that stand for a text in an id. */
export function digestOf(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 12);
}
