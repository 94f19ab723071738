import { nhsNumberSystem } from '../../../../fhir/systems.ts';
import { type JsonObject, typeOf } from '../../../resource/json.ts';
import { objects, words } from './read.ts';
import { keyOf } from './keys.ts';

/**
 * A test whether a resource is this person's: one that names somebody else, by id or by NHS number, is no part of the record
 * whatever it came in (wrong patient). What names nobody is taken to be about the person of the answer.
 */
export function ownerTest(record: readonly JsonObject[]): (resource: JsonObject) => boolean {
  const person = record.find((one) => typeOf(one) === 'Patient');
  if (person === undefined) return () => true;
  const id = words(person['id']);
  const number = numberOf(objects(person['identifier']));
  return (resource) => {
    const named = namedIn(resource);
    const isOther = named.some((reference) => {
      const [type, own] = keyOf(words(reference['reference']) ?? '')?.split('/') ?? [];
      return type === 'Patient' && own !== id;
    });
    const isNumbered = named.some((reference) => {
      const other = numberOf(objects(reference['identifier']));
      return other !== undefined && number !== undefined && other !== number;
    });
    return !isOther && !isNumbered;
  };
}

function namedIn(resource: JsonObject): JsonObject[] {
  const attending = typeOf(resource) === 'Appointment' ? objects(resource['participant']) : [];
  return [resource['subject'], resource['patient'], ...attending.map(({ actor }) => actor)].flatMap((one) =>
    objects(one),
  );
}

function numberOf(identifiers: readonly JsonObject[]): string | undefined {
  const stated = identifiers.find(({ system }) => system === nhsNumberSystem);
  return words(stated?.['value'])?.replaceAll(/[\s-]/g, '');
}
