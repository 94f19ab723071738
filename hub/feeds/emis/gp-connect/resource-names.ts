import { type JsonObject, typeOf } from '../../../resource/json.ts';
import { conceptWords } from './datatypes.ts';
import { spokenName } from './names.ts';
import { object, objects, words } from './read.ts';

/** `SMITH, Jane`. */
export function fileName(person: JsonObject): string | undefined {
  const names = objects(person['name']);
  const official = names.find(({ use }) => use === 'official') ?? names[0];
  const family = words(official?.['family']);
  const given = words(official?.['given']);
  return family === undefined
    ? spokenName(official)
    : [family.toUpperCase(), ...(given === undefined ? [] : [given])].join(', ');
}

/** What a resource is called beside a reference to it; undefined where nothing names it. */
export function nameOfResource(resource: JsonObject): string | undefined {
  switch (typeOf(resource)) {
    case 'Practitioner':
      return spokenName(resource['name']);
    case 'Patient':
      return fileName(resource);
    case 'Encounter':
      return conceptWords(resource['type']);
    case 'DocumentReference':
      return conceptWords(resource['type']) ?? words(resource['description']);
    case 'ReferralRequest':
      return conceptWords(resource['reasonCode']) ?? words(resource['description']);
    case 'PractitionerRole':
      return words(object(resource['practitioner'])?.['display']);
    case 'Immunization':
      return undefined;
    default:
      return words(resource['name']) ?? conceptWords(resource['code']);
  }
}
