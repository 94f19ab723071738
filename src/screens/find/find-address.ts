import { type Kind, type Lane, lanes } from '../../timeline/entry.ts';
import { type Choice, type ChoiceGroup, choiceGroups, type Filter } from '../../timeline/filter.ts';
import { kinds } from '../../timeline/kinds.ts';
import { instantsOf, type Period, readDay } from '../../timeline/period.ts';

/** What the reader has switched on to find something, without the words searched for. */
export interface Filters extends Period {
  lanes?: Choice<Lane>;
  kinds?: Choice<Kind>;
  sources?: Choice;
  organisations?: Choice;
  /** Only from outside the reader's own organisation. */
  outside?: true;
}

/** The words of the address. They name settings, kinds, systems and organisations, never the person. */
const parameters: Record<ChoiceGroup, string> = {
  lanes: 'setting',
  kinds: 'kind',
  sources: 'source',
  organisations: 'organisation',
};
/** Stands for the value '' (nobody says), and alone for a choice of nothing. */
const notStated = '~';
const nothing = 'none';
/** A code; a name in words is kept out of the address, for it may tell what somebody is treated for. */
const codeShaped = /^[A-Za-z0-9][\w.-]{0,39}$/;

/** Filters as the address keeps them: `setting=-gp,-hospital` hides two, `kind=stay` shows one only. */
export function toQuery(filters: Filters): string {
  const query = new URLSearchParams();
  for (const group of choiceGroups) {
    const choice: Choice | undefined = filters[group];
    if (choice === undefined || !fitsAddress(choice)) continue;
    const values = choice.values.map(
      (value) => `${choice.how === 'hide' ? '-' : ''}${value === '' ? notStated : value}`,
    );
    query.set(parameters[group], values.length === 0 ? nothing : values.join(','));
  }
  if (filters.from !== undefined) query.set('from', filters.from);
  if (filters.to !== undefined) query.set('to', filters.to);
  if (filters.outside) query.set('outside', '1');
  return query.toString();
}

/** The choices that must not stand in the address: of sources or organisations that are named by words. */
export function outsideAddress({ sources, organisations }: Filters): Pick<Filters, 'sources' | 'organisations'> {
  return {
    ...(sources !== undefined && !fitsAddress(sources) && { sources }),
    ...(organisations !== undefined && !fitsAddress(organisations) && { organisations }),
  };
}

/** Reads an address; words that name nothing hide nothing. */
export function fromQuery(search: string): Filters {
  const query = new URLSearchParams(search);
  const lanesChosen = readChoice(query.get(parameters.lanes), isOneOf(lanes));
  const kindsChosen = readChoice(query.get(parameters.kinds), isOneOf(kinds));
  const sources = readChoice(query.get(parameters.sources), isCode);
  const organisations = readChoice(query.get(parameters.organisations), isCode);
  const [from, to] = [readDay(query.get('from')), readDay(query.get('to'))];
  return {
    ...(lanesChosen && { lanes: lanesChosen }),
    ...(kindsChosen && { kinds: kindsChosen }),
    ...(sources && { sources }),
    ...(organisations && { organisations }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(query.get('outside') === '1' && { outside: true }),
  };
}

/** As the timeline understands it. `own` is the reader's organisation (ODS code), without which nothing is outside it. */
export function filterOf({ from, to, outside, ...choices }: Filters, own: string | undefined): Filter {
  return {
    ...choices,
    ...instantsOf({ ...(from !== undefined && { from }), ...(to !== undefined && { to }) }),
    ...(outside && own !== undefined && { outside: own }),
  };
}

function readChoice<T extends string>(
  text: string | null,
  isValue: (word: string) => word is T,
): Choice<T> | undefined {
  if (text === null) return undefined;
  if (text === nothing) return { how: 'only', values: [] };
  const words = text.split(',');
  const how = words.every((word) => word.startsWith('-')) ? 'hide' : 'only';
  const values = words
    .map((word) => word.replace(/^-/, ''))
    .map((word) => (word === notStated ? '' : word))
    .filter(isValue);
  return values.length === 0 ? undefined : { how, values };
}

function isOneOf<T extends string>(known: readonly T[]): (word: string) => word is T {
  return (word): word is T => (known as readonly string[]).includes(word);
}

function isCode(word: string): word is string {
  return word === '' || (word !== nothing && codeShaped.test(word));
}

function fitsAddress({ values }: Choice): boolean {
  return values.every(isCode);
}
