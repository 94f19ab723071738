import { randomBytes } from 'node:crypto';

// What a receiver needs of HL7 v2 to answer, and no more: the mappers read messages. Bytes are carried as Latin-1 text, one
// character a byte, so that names go back exactly as they came, in whatever character set that contains ASCII.

/** The header of a message: MSH by its field numbers (HL7 v2.4, 2.16.9), as they came. */
export interface MllpHeader {
  /** MSH-1. */
  separator: string;
  /** MSH-10, the sender's name for the message; empty when there is none. */
  controlId: string;
  /** Any other field; empty when it is not there. Without control characters, and cut at 200 bytes. */
  field(place: number): string;
}

/**
 * AA: kept. AE: never usable, do not send it again. AR: not kept, send it again (the convention of the borough's senders).
 */
export type AnswerCode = 'AA' | 'AE' | 'AR';

const longestHeader = 4096;
const longestField = 200;
/** A byte order mark and line ends that some senders put before the header. */
const before = /^(?:\u00ef\u00bb\u00bf)?[\r\n ]*/;

/** The header of a message, or undefined where there is none: then nothing can be done with it. */
export function readHeader(bytes: Uint8Array): MllpHeader | undefined {
  const text = Buffer.from(bytes.subarray(0, longestHeader)).toString('latin1').replace(before, '');
  const line = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const separator = line.charAt(3);
  // A separator is no letter or digit and not a control character; without one the fields cannot be told apart.
  if (!line.startsWith('MSH') || !/^[!-/:-@[-`{-~]$/.test(separator)) return undefined;
  const fields = line.split(separator);
  const field = (place: number) => printable(fields[place - 1] ?? '').slice(0, longestField);
  return { separator, controlId: field(10), field };
}

/** MSH as it came: it names the message to its sender and says nothing of a person. Empty where there is none. */
export function headerLine(header: MllpHeader | undefined): string {
  if (header === undefined) return '';
  const fields = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((place) => header.field(place));
  return ['MSH', ...fields].join(header.separator);
}

/**
 * Whether a frame with this header holds a second message. One frame is one message (HL7's minimal lower layer protocol): an AA
 * would name the first alone, and whom the rest is about would be a guess, so that its reader refuses the whole.
 */
export function holdsAnother(bytes: Buffer, { separator }: MllpHeader): boolean {
  const first = bytes.indexOf('MSH', 0, 'latin1');
  return ['\r', '\n'].some((end) => bytes.includes(`${end}MSH${separator}`, first + 3, 'latin1'));
}

/**
 * The answer to a message, framed (HL7 v2.4, 2.9.2, original mode): sender and receiver change places, separators, control
 * id, version and character set are the sender's own.
 * @param words for the sender's log, ASCII, without anything of the message
 * @param at epoch milliseconds
 */
export function answerTo(header: MllpHeader | undefined, code: AnswerCode, words: string, at: number): Buffer {
  const separator = header?.separator ?? '|';
  const field = (place: number) => header?.field(place) ?? '';
  const encoding = field(2) || '^~\\&';
  const trigger = field(9).split(encoding.charAt(0))[1] ?? '';
  const msh = [
    'MSH',
    encoding,
    ...[5, 6, 3, 4].map(field),
    hl7Time(at),
    '',
    trigger === '' ? 'ACK' : `ACK${encoding.charAt(0)}${trigger}`,
    randomBytes(10).toString('hex'),
    field(11) || 'P',
    field(12) || '2.4',
    '',
    '',
    '',
    '',
    '',
    field(18),
  ];
  const special = new Set(Array.from(separator + encoding));
  const plain = Array.from(words, (letter) => (special.has(letter) ? ' ' : letter)).join('');
  const msa = ['MSA', code, header?.controlId ?? '', plain];
  const lines = [msh, msa].map((fields) => `${joinTrimmed(fields, separator)}\r`);
  return Buffer.from(`\u000b${lines.join('')}\u001c\r`, 'latin1');
}

function joinTrimmed(fields: readonly string[], separator: string): string {
  let last = fields.length;
  while (last > 0 && fields[last - 1] === '') last -= 1;
  return fields.slice(0, last).join(separator);
}

/** Control characters would break the frame of the answer. */
function printable(text: string): string {
  return Array.from(text)
    .filter((letter) => letter >= ' ' && letter !== '\u007f')
    .join('');
}

/** A time stamp to the second with its zone (TS): UTC. */
function hl7Time(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}+0000`;
}
