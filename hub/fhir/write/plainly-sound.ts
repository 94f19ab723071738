import { getDataType, isDataTypeLoaded, isValidCalendarDate, validationRegexes } from '@medplum/core';
import type { InternalSchemaElement, InternalTypeSchema } from '@medplum/core';
import { loadStructureDefinitions } from '../structure-definitions.ts';

// The full check (validate.ts) looks for every element that a type could have, all fifty kinds of value of an extension
// among them; this one only at what is there, a thirtieth of the work. It is allowed to doubt and never to be wrong: what it
// takes the full check takes as well (plainly-sound.test.ts), and what it does not take the full check decides and words.

/** What may stand under one name. */
interface Part {
  /** The element it is of: `value[x]` of `valueQuantity`. */
  element: InternalSchemaElement;
  isChoice: boolean;
  fits: (value: unknown) => boolean;
}

interface Shape {
  parts: ReadonlyMap<string, Part>;
  /** How many elements have to be there. */
  required: number;
}

/**
 * Whether a resource is of the shape that the base definitions of FHIR R4 give its type, beyond doubt; false says nothing.
 * Extensions of primitive values, contained resources and attached data are among what it leaves to the full check. Rules
 * (invariants) are not looked at: a resource that breaks one is not refused.
 */
export function isPlainlySound(resource: unknown): boolean {
  if (!isPlainObject(resource)) return false;
  const { resourceType, ...elements } = resource;
  loadStructureDefinitions();
  if (typeof resourceType !== 'string' || !isDataTypeLoaded(resourceType)) return false;
  const schema = getDataType(resourceType);
  return schema.kind === 'resource' && hasShape(elements, schema);
}

const shapes = new WeakMap<InternalTypeSchema, Shape>();

function hasShape(object: unknown, schema: InternalTypeSchema): boolean {
  if (!isPlainObject(object)) return false;
  let shape = shapes.get(schema);
  if (shape === undefined) {
    shape = shapeOf(schema);
    shapes.set(schema, shape);
  }
  let isEmpty = true;
  let required = 0;
  let choices: InternalSchemaElement[] | undefined;
  for (const name in object) {
    isEmpty = false;
    const part = shape.parts.get(name);
    if (part === undefined) return false;
    const { element } = part;
    if (part.isChoice) {
      if (choices?.includes(element) === true) return false;
      (choices ??= []).push(element);
    }
    if (!holds(object[name], part)) return false;
    if (element.min > 0) required += 1;
  }
  return !isEmpty && required === shape.required;
}

function holds(value: unknown, { element, fits }: Part): boolean {
  if (element.isArray !== true) return fits(value);
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.length >= element.min && value.length <= element.max && value.every(fits);
}

function shapeOf(schema: InternalTypeSchema): Shape {
  const parts = new Map<string, Part>();
  for (const [name, element] of Object.entries(schema.elements)) {
    if (element.fixed ?? element.pattern ?? element.slicing?.slices[0]) continue;
    const isChoice = name.endsWith('[x]');
    if (!isChoice && element.type.length !== 1) continue;
    for (const { code } of element.type) {
      const fits = valueOf(code, schema);
      if (fits === undefined) continue;
      const stated = isChoice ? `${name.slice(0, -3)}${code.charAt(0).toUpperCase()}${code.slice(1)}` : name;
      parts.set(stated, { element, isChoice, fits });
    }
  }
  return { parts, required: Object.values(schema.elements).filter(({ min }) => min > 0).length };
}

const textTypes = new Set('string code uri url canonical id date dateTime instant time markdown oid uuid'.split(' '));
const dateTypes = new Set(['date', 'dateTime', 'instant']);
const mostInteger = 2_147_483_647;
const leastInteger: Readonly<Record<string, number>> = { integer: -2_147_483_648, positiveInt: 1, unsignedInt: 0 };
const longestText = 1024 * 1024;

/** What a value of this type has to be; undefined for a type whose values are left to the full check. */
function valueOf(code: string, within: InternalTypeSchema): Part['fits'] | undefined {
  if (textTypes.has(code)) return textOf(code);
  if (code === 'boolean') return (value) => typeof value === 'boolean';
  if (code === 'decimal') return (value) => typeof value === 'number' && Number.isFinite(value);
  const least = leastInteger[code];
  if (least !== undefined) {
    return (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= mostInteger;
  }
  const inner = within.innerTypes.find(({ name }) => name === code);
  const schema = inner ?? (isDataTypeLoaded(code) ? getDataType(code) : undefined);
  const isObjectType = inner !== undefined || schema?.kind === 'complex-type' || schema?.kind === undefined;
  if (schema === undefined || !isObjectType || code === 'Element' || code === 'BackboneElement') return undefined;
  return (value) => hasShape(value, schema);
}

function textOf(code: string): Part['fits'] {
  const form = validationRegexes[code];
  const isDate = dateTypes.has(code);
  return (value) =>
    typeof value === 'string' &&
    value.length <= longestText &&
    value.trim() !== '' &&
    form?.test(value) === true &&
    (!isDate || isValidCalendarDate(value));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
