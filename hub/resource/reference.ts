import type { Json, JsonObject } from './json.ts';
import { isObject, walkObjects } from './json.ts';

/** The forms a literal reference takes in real records (R4 references; conditional ones as Synthea writes them). */
export type ParsedReference =
  | { form: 'contained'; id: string }
  | { form: 'literal'; type: string; id: string }
  | { form: 'url'; url: string; type: string | undefined }
  | { form: 'conditional'; type: string; system: string | undefined; value: string };

const literal = /^([A-Z][A-Za-z]+)\/([^/?#|\s]+)(?:\/_history\/[^/?#|\s]+)?$/;
const conditional = /^([A-Z][A-Za-z]+)\?identifier=([^&]+)$/;
const typeInUrl = /\/([A-Z][A-Za-z]+)\/[^/?#|\s]+(?:\/_history\/[^/?#|\s]+)?$/;

/** Reads one reference; undefined when it has none of the known forms. A version is dropped: the newest is meant. */
export function parseReference(text: string): ParsedReference | undefined {
  if (text.startsWith('#')) return { form: 'contained', id: text.slice(1) };
  if (/^[a-z][a-z0-9+.-]*:/i.test(text)) {
    return { form: 'url', url: text.replace(/\/_history\/[^/]+$/, ''), type: typeInUrl.exec(text)?.[1] };
  }
  const [, type, id] = literal.exec(text) ?? [];
  if (type !== undefined && id !== undefined) return { form: 'literal', type, id };
  const [, wanted, query] = conditional.exec(text) ?? [];
  if (wanted === undefined || query === undefined) return undefined;
  const decoded = decode(query);
  const bar = decoded.indexOf('|');
  const [system, value] = bar < 0 ? [undefined, decoded] : [decoded.slice(0, bar), decoded.slice(bar + 1)];
  return value === '' ? undefined : { form: 'conditional', type: wanted, system: system || undefined, value };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray % is what the source wrote.
    return text;
  }
}

/** Every place of a resource, or of parts of one, that points at another one: `Reference.reference`, and an attachment kept as a Binary. */
export function referencesIn(value: Json): string[] {
  const found: string[] = [];
  walkObjects(value, (object) => {
    const reference = referenceOf(object);
    if (reference !== undefined) found.push(reference);
  });
  return found;
}

function referenceOf({ reference, url }: JsonObject): string | undefined {
  if (typeof reference === 'string') return reference;
  return typeof url === 'string' && url.startsWith('Binary/') && !url.includes('/', 7) ? url : undefined;
}

/** What becomes of one reference. */
export type Rewriting =
  | { keep: true }
  /** Point there instead. */
  | { to: string }
  /** Nothing there to point at: the display stays, and the reference as written stays as an identifier. */
  | { dangling: { type: string | undefined; system: string | undefined; value: string } }
  /** It names another person's record: nothing of it stays, not even the words beside it, which may be that person's name. */
  | { withhold: true };

/** A copy of the value with every reference put through `decide`. */
export function rewriteReferences(value: JsonObject, decide: (reference: string) => Rewriting): JsonObject {
  return rewriteObject(value, decide);
}

function rewrite(value: Json | undefined, decide: (reference: string) => Rewriting): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, decide) ?? null);
  return isObject(value) ? rewriteObject(value, decide) : value;
}

function rewriteObject(value: JsonObject, decide: (reference: string) => Rewriting): JsonObject {
  // Spread first: a key `__proto__` of a body is then a property like any other.
  const copy: JsonObject = { ...value };
  for (const key in value) {
    const part = value[key];
    if (typeof part === 'object' && part !== null) copy[key] = rewrite(part, decide);
  }
  const reference = referenceOf(copy);
  if (reference === undefined) return copy;
  if (typeof copy['reference'] === 'string') applyToReference(copy, reference, decide);
  else {
    const rewriting = decide(reference);
    if ('to' in rewriting) copy['url'] = rewriting.to;
  }
  return copy;
}

function applyToReference(copy: JsonObject, reference: string, decide: (reference: string) => Rewriting): void {
  const rewriting = decide(reference);
  if ('keep' in rewriting) return;
  if ('to' in rewriting) {
    copy['reference'] = rewriting.to;
    return;
  }
  delete copy['reference'];
  if ('withhold' in rewriting) {
    delete copy['identifier'];
    copy['display'] = 'Another record';
    return;
  }
  const { type, system, value } = rewriting.dangling;
  if (type !== undefined && copy['type'] === undefined) copy['type'] = type;
  if (copy['identifier'] === undefined) copy['identifier'] = system === undefined ? { value } : { system, value };
}
