/** Bytes as text, with what was odd about them. */
export interface Decoded {
  text: string;
  doubts: string[];
  /** Reads more bytes of the same message (hexadecimal escapes). */
  decode: (bytes: Uint8Array) => string;
}

/** HL7 table 0211, as far as senders here use it, in the words of the Encoding Standard. */
const encodings: Record<string, string> = {
  ASCII: 'utf-8',
  UNICODE: 'utf-8',
  'UNICODE UTF-8': 'utf-8',
  'UTF-8': 'utf-8',
  '8859/1': 'windows-1252',
  'ISO IR6': 'utf-8',
  'ISO IR100': 'windows-1252',
};

/**
 * Reads a message's bytes by its MSH-18. Senders often state one set and write another, and a name read wrongly is a
 * name that does not match: what is sound UTF-8 is UTF-8, for no other set comes to that by chance; what is not, is read
 * as the Western European set that Windows systems write, and said to be a guess. Never throws.
 */
export function decodeBytes(bytes: Uint8Array): Decoded {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return withDecoder(bytes, wide, []);
  const utf8 = decodeStrictly(bytes);
  const stated = statedSet(bytes);
  const named = stated === '' ? 'utf-8' : (encodings[stated] ?? latinPart(stated));
  if (utf8 !== undefined) {
    const plain = utf8.length === bytes.length;
    const odd = !plain && named !== undefined && named !== 'utf-8';
    const doubts = odd ? ['The character set is not the one MSH-18 states: read as UTF-8'] : [];
    return { text: utf8, doubts, decode: (more) => new TextDecoder().decode(more) };
  }
  if (named === undefined || named === 'utf-8') {
    const doubt = 'The text is not in the character set MSH-18 states: read as Western European';
    return withDecoder(bytes, 'windows-1252', [doubt]);
  }
  return withDecoder(bytes, named, []);
}

function withDecoder(bytes: Uint8Array, encoding: string, doubts: string[]): Decoded {
  const decoder = new TextDecoder(encoding);
  return { text: decoder.decode(bytes), doubts, decode: (more) => decoder.decode(more) };
}

function decodeStrictly(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** UTF-16 shows by its mark or by the zeros between the first letters. */
function wideEncoding(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = bytes;
  if ((first === 0xff && second === 0xfe) || (second === 0 && fourth === 0 && first !== 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && third === 0 && second !== 0)) return 'utf-16be';
  return undefined;
}

/** MSH-18 as written, found without knowing the set: every set here writes the header's characters as ASCII does. */
function statedSet(bytes: Uint8Array): string {
  const [header = ''] = Buffer.from(bytes.subarray(0, 4096))
    .toString('latin1')
    .split(/[\r\n]/, 1);
  const fields = header.slice(header.indexOf('MSH') + 4).split(header.charAt(header.indexOf('MSH') + 3));
  const [set = ''] = (fields[16] ?? '').split(/[~^]/);
  return set.trim().toUpperCase();
}

/** `8859/15` and its kin. */
function latinPart(stated: string): string | undefined {
  const [, part] = /^8859\/(\d{1,2})$/.exec(stated) ?? [];
  if (part === undefined || part === '11' || part === '12' || Number(part) < 2 || Number(part) > 16) return undefined;
  return part === '9' ? 'windows-1254' : `iso-8859-${part}`;
}
