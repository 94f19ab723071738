import { LosslessNumber } from 'lossless-json';

/** Any JSON value. Resources are walked as JSON where the type does not matter: references, labels, dates. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json | undefined;
}

/** Whether it is an object with members. A number kept as it was written is a number, whatever holds it. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber);
}

/** A resource as plain JSON: it was parsed from JSON or will be written as such. */
export function asJson(resource: object): JsonObject {
  return resource as JsonObject;
}

/** Calls `visit` with every object in the value, outermost first. */
export function walkObjects(value: Json | undefined, visit: (object: JsonObject) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walkObjects(item, visit);
  } else if (isObject(value)) {
    visit(value);
    for (const key in value) {
      const part = value[key];
      if (typeof part === 'object' && part !== null) walkObjects(part, visit);
    }
  }
}

/** The resource's type as stated; empty where it states none. */
export function typeOf(resource: JsonObject): string {
  const { resourceType } = resource;
  return typeof resourceType === 'string' ? resourceType : '';
}

/**
 * The value as JSON would have it: keys whose value is undefined, which code that builds resources leaves behind, are
 * not there. The same object where there are none.
 */
export function withoutUndefined(value: Json): Json {
  if (Array.isArray(value)) {
    const items = value.map(withoutUndefined);
    return items.some((item, i) => item !== value[i]) ? items : value;
  }
  if (!isObject(value)) return value;
  let copy: JsonObject | undefined;
  for (const key in value) {
    const part = value[key];
    const plain = part === undefined ? undefined : withoutUndefined(part);
    if (part !== undefined && plain === part) continue;
    copy ??= { ...value };
    if (plain === undefined) delete copy[key];
    else copy[key] = plain;
  }
  return copy ?? value;
}
