import { getDataType, isDataTypeLoaded } from '@medplum/core';
import type { InternalSchemaElement, InternalTypeSchema } from '@medplum/core';

/**
 * Elements that are a list where R4 allows one value, or one value where R4 has a list: the validator lets these pass,
 * and code that reads `location[0]` would then read nothing. One sentence each, without values. Definitions are
 * to be loaded; a type they do not know has no problems here.
 */
export function cardinalityProblems(resource: object, type: string): string[] {
  const problems: string[] = [];
  walk(resource, type, type, problems);
  return problems;
}

function walk(value: object, type: string, path: string, problems: string[]): void {
  if (!isDataTypeLoaded(type)) return;
  const schema = getDataType(type);
  for (const [key, child] of Object.entries(value)) {
    const element = elementOf(schema, key);
    if (element === undefined || child === null) continue;
    const childPath = `${path}.${key}`;
    const isList = Array.isArray(child);
    if (element.isArray === true && !isList) problems.push(`${childPath} is one value and is to be a list.`);
    else if (element.isArray !== true && isList) problems.push(`${childPath} is a list and is to be one value.`);
    else for (const item of isList ? (child as unknown[]) : [child]) descend(item, element, childPath, problems);
  }
}

function descend(item: unknown, element: InternalSchemaElement, path: string, problems: string[]): void {
  if (typeof item !== 'object' || item === null) return;
  const code = element.type.length === 1 ? element.type[0]?.code : undefined;
  if (code === undefined) return;
  const contained: unknown = code === 'Resource' ? Reflect.get(item, 'resourceType') : undefined;
  walk(item, typeof contained === 'string' ? contained : code, path, problems);
}

/** The element a property belongs to; `valueString` belongs to `value[x]`. */
function elementOf(schema: InternalTypeSchema, key: string): InternalSchemaElement | undefined {
  const plain = schema.elements[key];
  if (plain !== undefined) return plain;
  for (const [name, element] of Object.entries(schema.elements)) {
    if (!name.endsWith('[x]') || !key.startsWith(name.slice(0, -3))) continue;
    const chosen = key.slice(name.length - 3).toLowerCase();
    const type = element.type.find(({ code }) => code.toLowerCase() === chosen);
    if (type !== undefined) return { ...element, type: [type] };
  }
  return undefined;
}
