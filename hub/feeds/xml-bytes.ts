import { UnusableMessage } from './format.ts';

/** A document's characters, with what was odd about them. */
export interface XmlText {
  text: string;
  doubts: string[];
}

/** What senders here declare, in the words of the Encoding Standard. */
const encodings: Record<string, string> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  'iso-8859-1': 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
  'windows-1252': 'windows-1252',
  'utf-16': 'utf-8',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
};

/** What XML 1.0 allows no document to hold: the controls but tab and line ends. */
// oxlint-disable-next-line no-control-regex -- controls are what this looks for
const forbidden = /[\0-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/**
 * Reads a document's bytes: by its mark, else by what it declares, else as UTF-8 (XML 1.0, 4.3.3). A name that is read
 * wrongly is a name that does not match, so what is no sound UTF-8 is read as the set that Windows systems write, and said
 * to be a guess. @throws UnusableMessage for a set that nobody here reads
 */
export function xmlText(bytes: Uint8Array): XmlText {
  const marked = markOf(bytes);
  const declared = marked === undefined ? declaredEncoding(bytes) : undefined;
  const encoding = marked ?? (declared === undefined ? 'utf-8' : encodings[declared.toLowerCase()]);
  if (encoding === undefined) throw new UnusableMessage('The document declares a character set that is not read here.');
  const doubts: string[] = [];
  let text = strictly(bytes, encoding);
  if (text === undefined) {
    if (encoding !== 'utf-8') throw new UnusableMessage('The text is not in the character set that it declares.');
    doubts.push('The text is not in the character set that it declares: read as Western European');
    text = new TextDecoder('windows-1252').decode(bytes);
  }
  return withoutForbidden(text, doubts);
}

/** Text without what XML forbids, whichever way it came in: each such character becomes a space. */
export function withoutForbidden(text: string, doubts: string[]): XmlText {
  const allowed = text.replaceAll(forbidden, ' ');
  const doubt = 'Characters that XML does not allow, read as spaces';
  return { text: allowed, doubts: allowed === text ? doubts : [...doubts, doubt] };
}

/** UTF-16 and UTF-8 show by their mark, UTF-16 without one by the zeros in its first letters. */
function markOf([first, second, third, fourth]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0 && fourth === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c && third === 0)) return 'utf-16be';
  return undefined;
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 256)).toString('latin1');
  return /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1];
}

function strictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
