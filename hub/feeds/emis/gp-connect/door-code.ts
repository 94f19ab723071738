import type { Coding } from 'fhir/r4';
import { confidentiality } from '../../../../fhir/systems.ts';
import type { JsonObject } from '../../../resource/json.ts';
import { object, objects } from './read.ts';

/** SNOMED CT: patient door access key code. Some practices write down as a coded entry how to get into a home (uk-care E). */
const doorCodes = new Set<unknown>(['823131000000105']);

/** v3 Confidentiality R: what opens a door is not for every reader of a record (leaked record). */
export const restricted: Coding = { system: confidentiality, code: 'R' };

/** Stands in a consultation's notes where the code of somebody's door would. */
export const heldBack = 'Held back here: an entry that holds the code of a door or a key safe.';

export function opensDoor(entry: JsonObject): boolean {
  return objects(object(entry['code'])?.['coding']).some(({ code }) => doorCodes.has(code));
}
