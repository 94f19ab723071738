import { parse } from 'csv-parse/sync';

/** A record of a CSV file with the line it begins on (the header is line 1). */
export interface CsvRecord {
  line: number;
  fields: string[];
}

export interface CsvFile {
  header: string[];
  records: CsvRecord[];
  /** Lines that are no record of this file, as numbers. */
  broken: number[];
}

/** How many lines one record may go over: descriptions have line breaks, a quote that was never closed swallows a file. */
const longest = 50;

/**
 * Reads a CSV file strictly (RFC 4180): a record has as many fields as the header, quotes are closed. Where the file as a
 * whole is not so it is read record by record, so that a broken line costs that line and none after it. Never throws.
 */
export function readCsv(text: string): CsvFile {
  const plain = text.replace(/^\ufeff/, '');
  return readAtOnce(plain) ?? readCarefully(plain);
}

const strict = { skip_empty_lines: true, relax_quotes: false } as const;

function readAtOnce(text: string): CsvFile | undefined {
  const bytes = Buffer.from(text);
  const rows = attempt(
    () => parse(bytes, { ...strict, info: true }) as unknown as { record: string[]; info: { bytes: number } }[],
  );
  const lines = new LineCounter(bytes);
  const [first, ...rest] = (rows ?? []).map(({ record, info }) => ({ line: lines.next(info.bytes), fields: record }));
  return first === undefined ? undefined : { header: first.fields, records: rest, broken: [] };
}

/** The line each record begins on, from where the one before ended: the parser counts a break within a field twice. */
class LineCounter {
  readonly #bytes: Uint8Array;
  #place = 0;
  #line = 1;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** @param end the first byte after the record */
  next(end: number): number {
    while (this.#at(this.#place) === newline || this.#at(this.#place) === carriageReturn) this.#step();
    const line = this.#line;
    while (this.#place < end) this.#step();
    return line;
  }

  #at(place: number): number | undefined {
    return this.#bytes[place];
  }

  #step(): void {
    const alone = this.#at(this.#place) === carriageReturn && this.#at(this.#place + 1) !== newline;
    if (this.#at(this.#place) === newline || alone) this.#line += 1;
    this.#place += 1;
  }
}

const newline = 0x0a;
const carriageReturn = 0x0d;

function readCarefully(text: string): CsvFile {
  const lines = text.split(/\r\n|\n|\r/);
  const file: CsvFile = { header: [], records: [], broken: [] };
  let place = 0;
  while (place < lines.length) {
    const from = place;
    place += 1;
    if (lines[from] === '') continue;
    const found = recordFrom(lines, from, file.header.length);
    if (found === undefined) file.broken.push(from + 1);
    else if (file.header.length === 0) file.header = found.fields;
    else file.records.push({ line: from + 1, fields: found.fields });
    if (found !== undefined) place = from + found.lines;
    if (file.header.length === 0 && found === undefined) break;
  }
  return file;
}

/** The shortest run of lines that is one whole record of so many fields. */
function recordFrom(
  lines: readonly string[],
  from: number,
  width: number,
): { fields: string[]; lines: number } | undefined {
  let text = '';
  for (let more = 0; more < longest && from + more < lines.length; more += 1) {
    text += `${more === 0 ? '' : '\n'}${lines[from + more]}`;
    // Without an open quote a record ends with its line.
    const quotes = text.split('"').length - 1;
    if (quotes % 2 === 1) continue;
    // Most lines have no quote at all: the parser would be asked fifty thousand times for what a comma tells.
    const rows = quotes === 0 ? [text.split(',')] : attempt(() => parse(text, strict));
    const [fields, another] = rows ?? [];
    if (fields !== undefined && another === undefined && (width === 0 || fields.length === width)) {
      return { fields, lines: more + 1 };
    }
    return undefined;
  }
  return undefined;
}

/** The parser throws at what is not CSV; which line that was is found by reading carefully. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
