/**
 * A file's bytes as text: UTF-8 or, by its mark, UTF-16; else Western European as Windows exports it, which is a guess and
 * is said. Never throws.
 */
export function textOf(bytes: Uint8Array): { text: string; doubt: string | undefined } {
  const { text, guessed } = decoded(bytes);
  const doubt = guessed ? 'The file is not UTF-8: read as Western European (Windows).' : undefined;
  return { text: withoutControls(text), doubt };
}

function decoded(bytes: Uint8Array): { text: string; guessed: boolean } {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), guessed: false };
  if (first === 0xfe && second === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), guessed: false };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), guessed: false };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), guessed: true };
  }
}

/** FHIR's `string` has no control characters but tab and line breaks; a resource with one would be refused whole. */
// oxlint-disable-next-line no-control-regex -- controls are what this looks for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

export function withoutControls(text: string): string {
  return text.replace(controls, '');
}
