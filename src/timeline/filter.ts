import type { Entry, Kind, Lane } from './entry.ts';

/**
 * What of one kind of thing is let through: only these values, or all but these. What arrives later falls on the side
 * the reader meant: nothing new is hidden by `hide`, nothing new is shown by `only`.
 */
export interface Choice<T extends string = string> {
  how: 'only' | 'hide';
  values: readonly T[];
}

/** What the reader asked to see (T6). An absent part lets everything through; nothing is filtered by default. */
export interface Filter {
  lanes?: Choice<Lane>;
  kinds?: Choice<Kind>;
  /** Source ids, '' for statements that name none; an entry told by any source that is let through passes. */
  sources?: Choice;
  /** Organisations as their Provenance tag names them, '' where none is named; as with sources. */
  organisations?: Choice;
  /** The reader's own organisation: only what another one tells of, or nobody says who, passes. */
  outside?: string;
  /** Only what happened from this instant on (epoch milliseconds). What has no date passes: it cannot be ruled out. */
  from?: number;
  /** Only what began before this instant. */
  to?: number;
  /** The search, where there is one. */
  matches?: (entry: Entry) => boolean;
}

export const noFilter: Filter = {};

/** The groups of values that a filter chooses among. */
export const choiceGroups = ['lanes', 'kinds', 'sources', 'organisations'] as const;
export type ChoiceGroup = (typeof choiceGroups)[number];

/** Whether the filter lets an entry through. A stay passes with its own setting; what is nested goes where it goes. */
export function passes(entry: Entry, filter: Filter): boolean {
  return (
    choiceGroups.every((group) => passesChoice(entry, group, filter)) &&
    passesOutside(entry, filter.outside) &&
    passesPeriod(entry, filter) &&
    (filter.matches === undefined || filter.matches(entry))
  );
}

/** The values an entry has in a group, each once; more than one where several sources tell of it. */
export function valuesOf(entry: Entry, group: ChoiceGroup): readonly string[] {
  if (group === 'lanes') return [entry.lane];
  if (group === 'kinds') return [entry.kind];
  const key = group === 'sources' ? 'source' : 'organisation';
  const { statements } = entry;
  if (statements.length < 2) return [statements[0]?.[key] ?? ''];
  return [...new Set(statements.map((statement) => statement[key] ?? ''))];
}

export function passesChoice(entry: Entry, group: ChoiceGroup, filter: Filter): boolean {
  const choice: Choice | undefined = filter[group];
  return choice === undefined || valuesOf(entry, group).some((value) => allows(choice, value));
}

/** Whether a choice lets a value through; no choice lets everything through. */
export function allows(choice: Choice | undefined, value: string): boolean {
  return choice === undefined || choice.values.includes(value) === (choice.how === 'only');
}

/** Told by somebody else than this organisation, if only among others: what nobody names cannot be ruled out. */
export function passesOutside(entry: Entry, own: string | undefined): boolean {
  return own === undefined || valuesOf(entry, 'organisations').some((organisation) => organisation !== own);
}

export function passesPeriod({ start, end, lasting, state }: Entry, { from, to }: Filter): boolean {
  if (start === undefined) return true;
  if (to !== undefined && start.start >= to) return false;
  if (from === undefined) return true;
  // What lasts counts while it lasts, so that a long stay is not lost from the period it reaches into.
  const until = lasting && state === 'open' ? Infinity : Math.max(start.end, end?.end ?? 0);
  return until > from;
}

/** Whether a filter can hide anything. */
export function isFiltering(filter: Filter): boolean {
  return Object.values(filter).some((part) => part !== undefined);
}

/** The choice after one value is switched on or off. `all` lists the values where there can be no others: all of them on is no choice. */
export function toggled<T extends string>(
  choice: Choice<T> | undefined,
  value: T,
  shown: boolean,
  all?: readonly T[],
): Choice<T> | undefined {
  const { how, values } = choice ?? { how: 'hide', values: [] };
  const others = values.filter((other) => other !== value);
  const next: Choice<T> = { how, values: shown === (how === 'only') ? [...others, value] : others };
  if (how === 'hide') return next.values.length === 0 ? undefined : next;
  return all !== undefined && all.every((each) => next.values.includes(each)) ? undefined : next;
}
