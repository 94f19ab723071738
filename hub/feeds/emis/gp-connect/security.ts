import type { Coding } from 'fhir/r4';
import type { JsonObject } from '../../../resource/json.ts';
import { coding } from './datatypes.ts';
import { object, objects, some } from './read.ts';

/** The security labels of a resource, their systems as R4 has them: a label whose system nobody knows would hide all it stands on. */
export function securityOf(sent: JsonObject): Coding[] | undefined {
  return some(objects(object(sent['meta'])?.['security']).map(coding));
}
