import { isSummerTime } from '../../../../fhir/partial-date.ts';

/** Words as HL7 v2 writes them within a field (v2.4, 2.10): separators escaped, a new line as `\.br\`. */
export function escaped(words: string): string {
  const signs: Record<string, string> = {
    '\\': '\\E\\',
    '|': '\\F\\',
    '^': '\\S\\',
    '&': '\\T\\',
    '~': '\\R\\',
    '\n': '\\.br\\',
  };
  return words.replaceAll(/[\\|^&~\n]/g, (sign) => signs[sign] ?? sign);
}

/** A segment by its fields' numbers, already written; what is not there is empty. */
export function segment(name: string, fields: Readonly<Record<number, string | undefined>>): string {
  const last = Math.max(0, ...Object.keys(fields).map(Number));
  const written = Array.from({ length: last }, (_, index) => fields[index + 1] ?? '');
  return [name, ...written].join('|').replace(/\|+$/, '');
}

/** Components, escaped; empty ones at the end left out. */
export function parts(...components: readonly (string | undefined)[]): string {
  return components
    .map((component) => escaped(component ?? ''))
    .join('^')
    .replace(/\^+$/, '');
}

/** A time on London's clock, to the minute or the second, without a zone, as hospitals here write it. */
export function stamp(instant: number, precision: 'minute' | 'second'): string {
  const shown = new Date(instant + (isSummerTime(instant) ? 3_600_000 : 0)).toISOString().replaceAll(/[-T:]/g, '');
  return shown.slice(0, precision === 'minute' ? 12 : 14);
}
