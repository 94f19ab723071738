import type { Reference } from 'fhir/r4';
import type { Repetition } from './message.ts';
import { ownId } from './own-ids.ts';

/**
 * Somebody who works in care, as XCN states them (`C3456789^Darwin^Samuel^^^Dr^^^GMC`): their number leads to them where
 * the source told of them, their name is always there to read. Undefined where neither is stated.
 */
export function staffReference(person: Repetition | undefined): Reference | undefined {
  if (person === undefined) return undefined;
  const [id, display] = [person.at(1), staffName(person)];
  if (id === '' && display === '') return undefined;
  return {
    ...(id === '' ? { type: 'Practitioner' } : { reference: `Practitioner/${ownId('staff', id)}` }),
    display: display || `Staff number ${id}`,
  };
}

/** `Dr Samuel Darwin`; what a sender wrote in one component stays as it is. */
export function staffName(person: Repetition): string {
  const family = person.at(2, 1) || person.at(2);
  return [person.at(6), person.at(3), family].filter((part) => part !== '').join(' ');
}
