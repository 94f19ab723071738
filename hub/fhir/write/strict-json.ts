import { LosslessNumber, parse } from 'lossless-json';
import { badRequest } from '../fhir-error.ts';

/** Objects within objects: FHIR needs far fewer, and a reader of deeper ones may run out of stack. */
const mostDeep = 64;

/**
 * Reads a request body as JSON, every number kept as it was written (a LosslessNumber where JavaScript would write it in
 * another way): a result of 7.10 stays 7.10 (FHIR R4, decimal: precision is kept). Throws 400 for what is no UTF-8, no JSON, nested without end, holds a name twice (of two
 * values a reader would see one), NUL, half a character, or a number that no program could read back.
 */
export function readStrictJson(body: Buffer): unknown {
  const text = decoded(body);
  checkDepth(text);
  const whole = readWhole(text);
  if (whole !== undefined) return whole;
  const value = parsed(text);
  checkTexts(value);
  return value;
}

/** As text; throws 400 unless it is UTF-8. */
function decoded(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw badRequest('The body is not UTF-8.');
  }
}

/**
 * The value, where JavaScript's own reader, four times as fast, loses nothing of it: written again it is the same text but
 * for spaces between its parts. So no name stood twice and every number is as JavaScript writes it. Undefined for any
 * other text, and for one that might hold NUL or half a character, which JSON can say by `\\u` only.
 */
function readWhole(text: string): unknown {
  if (text.includes('\\u')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const again = JSON.stringify(value);
    return again === text || isSpacedOut(text, again) ? value : undefined;
  } catch (error) {
    // The careful reader says what is wrong.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whether JSON text is the same as another but for spaces between its parts. */
function isSpacedOut(text: string, dense: string): boolean {
  let place = 0;
  for (let at = 0; at < text.length; at += 1) {
    const mark = text.charCodeAt(at);
    if (mark === 0x20 || (mark >= 0x09 && mark <= 0x0d)) continue;
    const end = mark === 0x22 ? closingQuote(text, at) : at;
    if (text.slice(at, end + 1) !== dense.slice(place, place + end + 1 - at)) return false;
    place += end + 1 - at;
    at = end;
  }
  return place === dense.length;
}

function parsed(text: string): unknown {
  try {
    return parse(text, undefined, {
      onDuplicateKey: () => {
        throw badRequest('The body holds an element twice.');
      },
    });
  } catch (error) {
    if (error instanceof SyntaxError) throw badRequest('The body is not JSON.');
    throw error;
  }
}

/** Before anything that goes down recursively. Brackets within texts do not count. */
function checkDepth(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const mark = text.charCodeAt(at);
    if (mark === 0x22) at = closingQuote(text, at);
    else if (mark === 0x7b || mark === 0x5b) depth += 1;
    else if (mark === 0x7d || mark === 0x5d) depth -= 1;
    if (depth > mostDeep) throw badRequest(`The body is nested deeper than ${mostDeep} levels.`);
  }
}

function closingQuote(text: string, open: number): number {
  let at = text.indexOf('"', open + 1);
  while (at >= 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at < 0 ? text.length : at;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes += 1;
  return slashes % 2 === 1;
}

function checkTexts(value: unknown): void {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) {
      throw badRequest('The body holds a NUL or half of a character.');
    }
  } else if (Array.isArray(value)) value.forEach(checkTexts);
  else if (value instanceof LosslessNumber) {
    if (!Number.isFinite(Number(value.value))) throw badRequest('The body holds a number that is too large.');
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value)) {
      checkTexts(name);
      checkTexts(part);
    }
  }
}
