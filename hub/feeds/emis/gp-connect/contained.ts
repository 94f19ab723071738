import { hash } from 'node:crypto';
import { isResourceType, isDirectoryType } from '../../../../fhir/resource-types.ts';
import { type JsonObject, typeOf } from '../../../resource/json.ts';
import { identifier } from './datatypes.ts';
import { object, objects, words } from './read.ts';

/**
 * A List with what it contains beside it: GP Connect hides ended allergies within their list, so that no reader takes them
 * for current ones. Their own status tells that in R4, and only what stands by itself is found.
 */
export function liftContained(list: JsonObject): JsonObject[] {
  const inner = objects(list['contained']).filter((one) => isOfPerson(typeOf(one)));
  if (inner.length === 0) return [list];
  const lifted = new Map(
    inner.map((one) => {
      const number = identifier(one['identifier']);
      const own = number === undefined ? JSON.stringify(one) : `${number.system ?? ''}|${number.value ?? ''}`;
      return [words(one['id']) ?? '', { ...one, id: `contained-${hash('sha256', own, 'hex').slice(0, 32)}` }] as const;
    }),
  );
  const entry = objects(list['entry']).map((one) => {
    const reference = words(object(one['item'])?.['reference']);
    const target = reference?.startsWith('#') === true ? lifted.get(reference.slice(1)) : undefined;
    return target === undefined ? one : { ...one, item: { reference: `${typeOf(target)}/${target.id}` } };
  });
  return [{ ...list, contained: undefined, entry }, ...lifted.values()];
}

function isOfPerson(type: string): boolean {
  return type !== 'Patient' && isResourceType(type) && !isDirectoryType(type);
}
