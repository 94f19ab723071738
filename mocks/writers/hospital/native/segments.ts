/** Fields of a segment by number; what is not here is empty. MSH apart, the first is 1. */
export type Fields = Readonly<Record<number, string>>;

/** A segment as HL7 v2 writes it. Values must be escaped already (`escaped`). */
export function segment(name: string, fields: Fields): string {
  const last = Math.max(0, ...Object.keys(fields).map(Number));
  return [name, ...Array.from({ length: last }, (_, index) => fields[index + 1] ?? '')].join('|');
}

/** Words for a field: what would divide it is escaped (HL7 v2.4, 2.10), line breaks are `\.br\`. */
export function escaped(words: string): string {
  const names: Record<string, string> = { '|': 'F', '^': 'S', '&': 'T', '~': 'R', '\\': 'E' };
  return words.replace(/[|^&~\\]/g, (character) => `\\${names[character] ?? ''}\\`).replace(/\r\n|\r|\n/g, '\\.br\\');
}

/** Components of a field, each escaped, without the empty ones at the end. */
export function components(...parts: readonly (string | undefined)[]): string {
  return parts
    .map((part) => escaped(part ?? ''))
    .join('^')
    .replace(/\^+$/, '');
}
