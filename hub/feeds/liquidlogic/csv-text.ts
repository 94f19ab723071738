/**
 * A file's bytes as text: UTF-8 or, by its mark, UTF-16; else Western European as Windows exports it, which is a guess and
 * is said. Never throws.
 */
export function textOf(bytes: Uint8Array): { text: string; doubt: string | undefined } {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), doubt: undefined };
  if (first === 0xfe && second === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), doubt: undefined };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), doubt: undefined };
  } catch {
    const text = new TextDecoder('windows-1252').decode(bytes);
    return { text, doubt: 'The file is not UTF-8: read as Western European (Windows).' };
  }
}
