import { type Kind, type Lane, laneNames } from '../../timeline/entry.ts';
import type { Choice } from '../../timeline/filter.ts';
import { kindNames } from '../../timeline/kinds.ts';
import { periodWords } from '../../timeline/period.ts';
import { sourceLabel } from '../../timeline/source.ts';
import { listed } from '../../timeline/source-words.ts';
import type { Filters } from './find-address.ts';

/** One thing that is switched on, in words, and the parts of the filters that lifting it takes away. */
export interface ActiveChip {
  key: string;
  words: string;
  parts: readonly (keyof Filters)[];
}

/** What is switched on, in the order it stands in the column. `organisationName` names a code. */
export function chipsOf(filters: Filters, organisationName: (code: string) => string): ActiveChip[] {
  const period = periodWords(filters);
  const chips: (ActiveChip | undefined)[] = [
    filters.outside && { key: 'outside', words: 'Outside my organisation', parts: ['outside'] },
    period === undefined ? undefined : { key: 'period', words: `Date: ${period}`, parts: ['from', 'to'] },
    choiceChip('lanes', 'Care setting', filters.lanes, (lane) => laneNames[lane as Lane]),
    choiceChip('kinds', 'Kind', filters.kinds, (kind) => kindNames[kind as Kind]),
    choiceChip('sources', 'Source', filters.sources, (source) => sourceLabel(source === '' ? undefined : source)),
    choiceChip('organisations', 'Organisation', filters.organisations, organisationName),
  ];
  return chips.filter((chip) => chip !== undefined);
}

function choiceChip(
  group: 'lanes' | 'kinds' | 'sources' | 'organisations',
  name: string,
  choice: Choice | undefined,
  nameOf: (value: string) => string,
): ActiveChip | undefined {
  if (choice === undefined) return undefined;
  const values = listed(choice.values.map(nameOf));
  const words = choice.values.length === 0 ? 'none' : choice.how === 'only' ? `only ${values}` : `without ${values}`;
  return { key: group, words: `${name}: ${words}`, parts: [group] };
}
