import { UnusableMessage } from '../format.ts';
import { decodeBytes, type Decoded } from './charset.ts';
import { decodeEscapes } from './escape.ts';
import { separatorsOf, type Separators } from './separators.ts';

/** One of the values a field repeats; components and subcomponents count from 1. */
export interface Repetition {
  /** A component's text, decoded; '' when it is absent or is HL7's null (`""`). With `sub`, only that part of it. */
  at: (component: number, sub?: number) => string;
  /** All of it as one text, decoded: for fields that are prose, whose writers forget to escape. */
  text: string;
}

/** One segment of a message; fields count from 1 as in the standard, MSH-1 being the field separator. */
export interface Segment {
  name: string;
  /** As it was written. */
  raw: string;
  /** The text of a component of the field's first value, decoded; '' when absent or null. */
  at: (field: number, component?: number, sub?: number) => string;
  /** The whole field as one decoded text, all repetitions. */
  text: (field: number) => string;
  /** Every value of the field that says something. */
  values: (field: number) => Repetition[];
  /** Whether the sender says that there is nothing (`""`): an empty field says nothing at all (HL7 v2.4, 2.7.3). */
  isNull: (field: number) => boolean;
  /** Whether the field says anything: a value or null. */
  states: (field: number) => boolean;
  /** The segment with these fields only, as it was written. */
  only: (fields: readonly number[]) => string;
}

/** A message of HL7 v2, read. */
export interface Message {
  /** MSH-9.1: `ADT`. */
  code: string;
  /** MSH-9.2: `A01`. */
  event: string;
  /** MSH-10; '' when absent. */
  controlId: string;
  /** MSH-7 as written. */
  sentAt: string;
  /** In the order sent, MSH first. */
  segments: Segment[];
  first: (name: string) => Segment | undefined;
  all: (name: string) => Segment[];
  /** What was odd on the way, in sentences without patient data. */
  doubts: string[];
  /** These parts of segments as a message of their own, for `readText`: how a piece keeps the format's own words. */
  excerpt: (lines: readonly string[]) => string;
}

/**
 * Reads one message from its bytes, with or without the frame of MLLP around them.
 * @throws UnusableMessage when it does not begin with a sound MSH, or holds more than one: which person the rest is about
 * would be a guess.
 */
export function readMessage(bytes: Uint8Array): Message {
  return read(decodeBytes(bytes));
}

/** Reads what `excerpt` gave. @throws UnusableMessage */
export function readText(text: string): Message {
  return read({ text, doubts: [], decode: (bytes) => new TextDecoder().decode(bytes) });
}

function read({ text, doubts, decode }: Decoded): Message {
  const lines = linesOf(text);
  const [header = ''] = lines;
  if (!header.startsWith('MSH')) throw new UnusableMessage('It does not begin with an MSH segment.');
  const division = divisionOf(header);
  const { field } = division.separators;
  const said = [...doubts];
  const segments = joined(lines, division, said).map((line) => segmentOf(line, division, decode));
  const [msh] = segments;
  if (msh === undefined || segments.filter(({ name }) => name === 'MSH').length > 1) {
    throw new UnusableMessage('It holds more than one message (MSH) in one frame.');
  }
  return {
    code: msh.at(9, 1).toUpperCase(),
    event: msh.at(9, 2).toUpperCase(),
    controlId: msh.at(10),
    sentAt: msh.at(7),
    segments,
    first: (name) => segments.find((segment) => segment.name === name),
    all: (name) => segments.filter((segment) => segment.name === name),
    doubts: said,
    excerpt: (parts) => [`${header.slice(0, 4)}${header.slice(4).split(field, 1)[0]}`, ...parts].join('\r'),
  };
}

/** Lines without the frame (VT … FS), byte order mark and zeros, which no text may hold. */
function linesOf(text: string): string[] {
  const bare = text.replaceAll(unwritable, '');
  return bare.trim().split(/\r\n|\r|\n/);
}

// oxlint-disable-next-line no-control-regex -- these are what is looked for
const unwritable = /[\u0000\u000B\u001C\uFEFF]/g;

/** Segments, one a line: a line that begins none is the rest of a text whose writer broke it. */
function joined(lines: readonly string[], { begins, lineBreak }: Division, doubts: string[]): string[] {
  const segments: string[] = [];
  for (const line of lines) {
    const before = segments.at(-1);
    if (before === undefined || begins.test(line)) segments.push(line);
    else {
      segments[segments.length - 1] = `${before}${lineBreak}${line}`;
      if (line.trim() !== '' && !doubts.includes(broken)) doubts.push(broken);
    }
  }
  return segments.map((segment) => withoutEmptyLines(segment, lineBreak));
}

/** Empty lines between two segments are nobody's text. */
function withoutEmptyLines(segment: string, lineBreak: string): string {
  let end = segment.length;
  while (segment.endsWith(lineBreak, end) && end > 0) end -= lineBreak.length;
  return segment.slice(0, end);
}

const broken = 'A line begins no segment: read as the rest of the line before';

/** How a message is divided, worked out once for all messages that are divided alike. */
interface Division {
  separators: Separators;
  /** A line that begins a segment. */
  begins: RegExp;
  /** What stands for a line's end within a text. */
  lineBreak: string;
}

const divisions = new Map<string, Division>();
/** Senders divide in a way or two: more of them, or longer ones, come from somebody who tries things out. */
const [mostDivisions, longestStated] = [50, 10];

/** @throws UnusableMessage */
function divisionOf(header: string): Division {
  const stated = header.slice(0, header.indexOf(header.charAt(3), 4) + 1);
  const known = divisions.get(stated);
  if (known !== undefined) return known;
  const separators = separatorsOf(header);
  const { field, escape } = separators;
  const division: Division = {
    separators,
    begins: new RegExp(`^[A-Z][A-Z0-9]{2}(?:\\${field}|$)`),
    lineBreak: escape === '' ? ' ' : `${escape}.br${escape}`,
  };
  if (stated !== '' && stated.length <= longestStated && divisions.size < mostDivisions)
    divisions.set(stated, division);
  return division;
}

function segmentOf(raw: string, { separators }: Division, decode: (bytes: Uint8Array) => string): Segment {
  // Of most messages few segments are looked into: whom it is about is all that its receiver asks. And of a segment few
  // fields: one is divided when it is asked for.
  let fields: string[] | undefined;
  const divided = new Map<number, Repetition[]>();
  const rawField = (field: number): string => {
    fields ??= fieldsOf(raw, separators.field);
    return fields[field] ?? '';
  };
  const decoded = (text: string): string => (text === '""' ? '' : decodeEscapes(text, separators, decode));
  const repetitionOf = (text: string, component: string): Repetition => {
    const parts = parted(text, component);
    return {
      at: (place, sub) => {
        const part = parts[place - 1] ?? '';
        const said = sub === undefined ? part : (parted(part, separators.subcomponent)[sub - 1] ?? '');
        return decoded(said.trim()).trim();
      },
      text: decoded(text),
    };
  };
  const repetitionsOf = (field: number): Repetition[] => {
    let repetitions = divided.get(field);
    if (repetitions === undefined) {
      // What states the separators is divided by none of them.
      const isWhole = name === 'MSH' && field <= 2;
      const { repetition, component } = isWhole ? { repetition: '', component: '' } : separators;
      repetitions = parted(rawField(field), repetition).map((text) => repetitionOf(text, component));
      divided.set(field, repetitions);
    }
    return repetitions;
  };
  const name = raw.slice(0, 3);
  return {
    name,
    raw,
    at: (field, component = 1, sub) => repetitionsOf(field)[0]?.at(component, sub) ?? '',
    text: (field) => decoded(rawField(field)),
    values: (field) => repetitionsOf(field).filter(({ text }) => text.trim() !== ''),
    isNull: (field) => rawField(field).trim() === '""',
    states: (field) => rawField(field).trim() !== '',
    only: (fields) => {
      const last = Math.max(0, ...fields);
      const kept = Array.from({ length: last }, (_, index) => (fields.includes(index + 1) ? rawField(index + 1) : ''));
      return [name, ...kept].join(separators.field);
    },
  };
}

/** The fields of a segment by their number; a header's first is its own separator. */
function fieldsOf(raw: string, separator: string): string[] {
  const fields = raw.split(separator);
  return fields[0] === 'MSH' ? ['MSH', separator, ...fields.slice(1)] : fields;
}

/** A separator that is not stated divides nothing. */
function parted(text: string, separator: string): string[] {
  return separator === '' ? [text] : text.split(separator);
}
