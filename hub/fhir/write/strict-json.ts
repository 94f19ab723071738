import { LosslessNumber, parse } from 'lossless-json';
import { badRequest } from '../fhir-error.ts';

/** Objects within objects: FHIR needs far fewer, and a reader of deeper ones may run out of stack. */
const mostDeep = 64;

/**
 * Reads a request body as JSON, every number kept as it was written (LosslessNumber): a result of 7.10 stays 7.10 (FHIR R4,
 * decimal: precision is kept). Throws 400 for what is no UTF-8, no JSON, nested without end, holds a name twice (of two
 * values a reader would see one), NUL, half a character, or a number that no program could read back.
 */
export function readStrictJson(body: Buffer): unknown {
  const text = decoded(body);
  checkDepth(text);
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
  let at = open + 1;
  while (at < text.length && text.charCodeAt(at) !== 0x22) at += text.charCodeAt(at) === 0x5c ? 2 : 1;
  return at;
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
