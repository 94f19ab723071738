import { type Kind, laneNames, type Lane } from '../entry.ts';
import type { Choice, Filter } from '../filter.ts';
import { kindNames } from '../kinds.ts';
import { sourceLabel } from '../source.ts';

/** The filters in force as a document names them: `Care setting: without GP, Hospital; a period`. */
export function filterWords(filter: Filter): string {
  const parts = [
    choiceWords('Care setting', filter.lanes, (lane) => laneNames[lane as Lane]),
    choiceWords('Kind of entry', filter.kinds, (kind) => kindNames[kind as Kind]),
    choiceWords('Source', filter.sources, (source) => (source === '' ? 'not named' : sourceLabel(source))),
    choiceWords('Organisation', filter.organisations, (name) => (name === '' ? 'not named' : sourceLabel(name))),
    filter.outside === undefined ? undefined : 'only outside the own organisation',
    filter.from === undefined && filter.to === undefined ? undefined : 'only a part of the time',
    filter.matches === undefined ? undefined : 'only what a search by words found',
  ];
  return parts.filter((part) => part !== undefined).join('; ');
}

function choiceWords(name: string, choice: Choice | undefined, word: (value: string) => string): string | undefined {
  if (choice === undefined) return undefined;
  const values = choice.values.map(word).join(', ');
  return `${name}: ${choice.how === 'only' ? 'only' : 'without'} ${values === '' ? 'none' : values}`;
}
