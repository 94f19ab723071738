import type { Dialect } from './dialect.ts';
import type { Sensitivity } from './labels.ts';
import { lookUp } from './look-up.ts';
import type { Message, Repetition } from './message.ts';

/**
 * What a booking, a report or a document is marked as, by everything that was said of it, the newest first: the mark of its
 * visit (PV1-16), PV2-22 (visit protection), ORC-28 (HL7 table 0177), TXA-18 (table 0272). A message that does not state a
 * field takes no mark off.
 */
export function sensitivitiesOf(
  newest: readonly Pick<Message, 'all'>[],
  dialect: Pick<Dialect, 'sensitivities'>,
): Sensitivity[] {
  const stated = (name: string, field: number): Repetition[] =>
    newest
      .flatMap((message) => message.all(name))
      .find((segment) => segment.states(field))
      ?.values(field) ?? [];
  const own = stated('PV1', 16).flatMap((value) => inWords(dialect.sensitivities, value) ?? []);
  const tables = [...stated('PV2', 22), ...stated('ORC', 28), ...stated('TXA', 18)];
  // A word of these fields that nobody here knows is restricted until somebody does (leaked record).
  const marked = tables.flatMap(
    (value) => inWords(dialect.sensitivities, value) ?? inWords(table, value) ?? unknownWord,
  );
  return [...new Set<Sensitivity>([...own, ...marked])];
}

const unknownWord: readonly Sensitivity[] = ['R'];

/** HL7 tables 0177, 0272 and Y/N. */
const table: Readonly<Record<string, readonly Sensitivity[]>> = {
  U: [],
  N: [],
  UWM: [],
  EMP: [],
  Y: ['R'],
  R: ['R'],
  V: ['V'],
  PSY: ['R', 'PSY'],
  STD: ['R', 'STD'],
};

function inWords(
  words: Readonly<Record<string, readonly Sensitivity[]>>,
  value: Repetition,
): readonly Sensitivity[] | undefined {
  return lookUp(words, value.at(1).toUpperCase());
}
