import { caseKey } from './case-key.ts';

/** How far into a document a case is named at the latest, bytes. */
const head = 262_144;

/**
 * Whom a document is about, read without parsing it. It only decides what is worked one after another, so a guess does: a
 * case that a GUID names is the same here and there, any other waits for no one.
 */
export function firstSubject(bytes: Uint8Array, pattern: RegExp): string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, head)).toString('latin1');
  const [, reference] = pattern.exec(text) ?? [];
  if (reference === undefined) return undefined;
  const key = caseKey(reference, '');
  return key.startsWith('-') ? undefined : key;
}
