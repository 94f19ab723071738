// Small guards for what comes from outside: cheaper in the browser than a schema library, and as strict.

export type JsonObject = Record<string, unknown>;

/** The value as an object, or undefined. Arrays are not objects here. */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** A member that is a string with something in it, or undefined. */
export function text(object: JsonObject | undefined, name: string): string | undefined {
  const value = object?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A member that is a finite number, or undefined. */
export function finite(object: JsonObject | undefined, name: string): number | undefined {
  const value = object?.[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Parses JSON into an object, or undefined for anything else. */
export function parseObject(json: string | null): JsonObject | undefined {
  if (json === null) return undefined;
  try {
    return asObject(JSON.parse(json));
  } catch {
    // Not JSON: the same as nothing stored.
    return undefined;
  }
}

/** Without trailing slashes, so that `…/fhir` and `…/fhir/` name one base. */
export function trimSlash(address: string): string {
  let end = address.length;
  while (address[end - 1] === '/') end -= 1;
  return address.slice(0, end);
}
