import { type JsonObject, typeOf } from '../../../resource/json.ts';
import { object, words } from './read.ts';

/** `Type/id` at the end of a reference, whole address or relative. */
export function keyOf(reference: string): string | undefined {
  return /(?:^|\/)([A-Z][A-Za-z]+\/[^/?#|\s]+)(?:\/_history\/[^/]+)?$/.exec(reference)?.[1];
}

/** `Type/id` that a Reference leads to; undefined where it leads nowhere by id. */
export function keyReferred(reference: unknown): string | undefined {
  return keyOf(words(object(reference)?.['reference']) ?? '');
}

/** A resource's own `Type/id`, as others in the record refer to it. */
export function ownKey(resource: JsonObject): string {
  return `${typeOf(resource)}/${words(resource['id']) ?? ''}`;
}
