import { caseKey } from './case-key.ts';

/**
 * Whom a document is about, read without parsing it; undefined where it names several cases, or none. It only decides what is
 * worked one after another: a case that a GUID names is the same in every document, any other waits for no one.
 *
 * @param patterns where a case's reference stands, each global and with the reference as its one group
 */
export function onlySubject(bytes: Uint8Array, patterns: readonly RegExp[]): string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const keys = new Set(
    patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, reference = '']) => caseKey(reference, ''))),
  );
  const [key] = keys;
  return keys.size !== 1 || key === undefined || key.startsWith('-') ? undefined : key;
}
