import { getDataType, isDataTypeLoaded, isValidCalendarDate, validationRegexes } from '@medplum/core';
import type { InternalSchemaElement, InternalTypeSchema } from '@medplum/core';
import { loadStructureDefinitions } from './structure-definitions.ts';

// The full check (validate.ts) looks for every element that a type could have, all fifty kinds of value of an extension
// among them; this one only at what is there, a thirtieth of the work. It is allowed to doubt and never to be wrong: what it
// takes the full check takes as well (plainly-sound.test.ts), and what it does not take the full check decides and words.

/** What may stand under one name. */
interface Part {
  /** The element it is of: `value[x]` of `valueQuantity`. */
  element: InternalSchemaElement;
  isChoice: boolean;
  /** `depth`: how many elements it stands within. */
  fits: (value: unknown, depth: number) => boolean;
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
  return isPlainly(resource, 'shape');
}

/** The same, and it breaks no rule beyond doubt: the full check would have nothing to say of it. */
export function isPlainlyFaultless(resource: unknown): boolean {
  return isPlainly(resource, 'rules');
}

function isPlainly(resource: unknown, toKeep: ToKeep): boolean {
  if (!isPlainObject(resource)) return false;
  const { resourceType, ...elements } = resource;
  loadStructureDefinitions();
  if (typeof resourceType !== 'string' || !isDataTypeLoaded(resourceType)) return false;
  const schema = getDataType(resourceType);
  if (schema.kind !== 'resource' || (toKeep === 'rules' && hasOwnRules(schema.constraints, ofResources))) return false;
  return hasShape(elements, schema, toKeep, 1);
}

/** What is asked of a resource: its shape alone, or the rules (invariants) of the definitions too. */
type ToKeep = 'shape' | 'rules';

const shapes: Readonly<Record<ToKeep, WeakMap<InternalTypeSchema, Shape>>> = {
  shape: new WeakMap(),
  rules: new WeakMap(),
};

/** Nothing ordinary is nested deeper. */
const deepest = 30;

function hasShape(object: unknown, schema: InternalTypeSchema, toKeep: ToKeep, depth: number): boolean {
  if (!isPlainObject(object) || depth > deepest) return false;
  let shape = shapes[toKeep].get(schema);
  if (shape === undefined) {
    shape = shapeOf(schema, toKeep);
    shapes[toKeep].set(schema, shape);
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
    if (!holds(object[name], part, depth)) return false;
    if (element.min > 0) required += 1;
  }
  return !isEmpty && required === shape.required;
}

function holds(value: unknown, { element, fits }: Part, depth: number): boolean {
  if (element.isArray !== true) return fits(value, depth);
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.length >= element.min && value.length <= element.max && value.every((item) => fits(item, depth));
}

/** Kept by all that has a shape: that there is something (ele-1), and what is in resources within it (dom-2 to 5), which are left. */
const keptByShape = 'ele-1';
const ofResources = /^dom-[2-5]$/;
const ofExtensions = /^ext-1$/;

type Rules = InternalSchemaElement['constraints'];

function hasOwnRules(rules: Rules, but: RegExp): boolean {
  return (rules ?? []).some(({ key, severity }) => severity === 'error' && key !== keptByShape && !but.test(key));
}

/** ext-1: an extension has a value or extensions of its own, never both. */
function isOneThing(extension: unknown): boolean {
  const names = isPlainObject(extension) ? Object.keys(extension) : [];
  return names.includes('extension') !== names.some((name) => name.startsWith('value'));
}

function shapeOf(schema: InternalTypeSchema, toKeep: ToKeep): Shape {
  const parts = new Map<string, Part>();
  for (const [name, element] of Object.entries(schema.elements)) {
    if (element.fixed ?? element.pattern ?? element.slicing?.slices[0]) continue;
    // Whatever has a rule of its own is for the full check, which can read them.
    if (toKeep === 'rules' && hasOwnRules(element.constraints, ofExtensions)) continue;
    const isExtension = toKeep === 'rules' && (element.constraints ?? []).some(({ key }) => ofExtensions.test(key));
    const isChoice = name.endsWith('[x]');
    if (!isChoice && element.type.length !== 1) continue;
    for (const { code } of element.type) {
      const hasForm = valueOf(code, schema, toKeep);
      if (hasForm === undefined) continue;
      const fits = isExtension
        ? (value: unknown, depth: number) => hasForm(value, depth) && isOneThing(value)
        : hasForm;
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
function valueOf(code: string, within: InternalTypeSchema, toKeep: ToKeep): Part['fits'] | undefined {
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
  return (value, depth) => hasShape(value, schema, toKeep, depth + 1);
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
