import type { Separators } from './separators.ts';

/**
 * The text of an element without its escape sequences (HL7 v2.4, 2.10): the separators themselves, line breaks, bytes in
 * hexadecimal. Highlighting is dropped; a sequence that nobody knows, or a lone escape character, stays as it was written.
 * `bytes` reads hexadecimal in the message's own character set.
 */
export function decodeEscapes(raw: string, separators: Separators, bytes: (hex: Uint8Array) => string): string {
  const { escape } = separators;
  if (escape === '' || !raw.includes(escape)) return raw;
  const pattern = new RegExp(`${quoted(escape)}(${known})${quoted(escape)}`, 'g');
  return raw.replace(pattern, (_whole, name: string) => meaning(name, separators, bytes));
}

const known = 'F|S|T|R|E|H|N|X(?:[0-9A-Fa-f]{2})+|\\.(?:br|ce|fi|nf|sp\\d*|sk\\d*|in[+-]?\\d*|ti[+-]?\\d*)';

function meaning(name: string, separators: Separators, bytes: (hex: Uint8Array) => string): string {
  if (name === 'F') return separators.field;
  if (name === 'S') return separators.component;
  if (name === 'T') return separators.subcomponent;
  if (name === 'R') return separators.repetition;
  if (name === 'E') return separators.escape;
  if (name.startsWith('X')) return bytes(Buffer.from(name.slice(1), 'hex'));
  if (name === '.br' || name === '.ce') return '\n';
  // Counts are a formatter's: more than a page of empty lines says nothing.
  if (name.startsWith('.sp')) return '\n'.repeat(countOf(name, 40));
  if (name.startsWith('.sk')) return ' '.repeat(countOf(name, 200));
  return '';
}

function countOf(name: string, most: number): number {
  return Math.min(Number(name.slice(3) || '1'), most);
}

function quoted(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
}
