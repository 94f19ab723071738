import { type Filter, isFiltering } from '../filter.ts';
import { capital, count } from '../words.ts';
import { type CompletenessFacts, failedIds, loadedCount, readBackTo } from './facts.ts';
import type { Notice } from './notice.ts';

const hiders = { filters: 'filters', search: 'the search', both: 'the search and filters' };

/** `Filters hide`, `The search hides`, `The search and filters hide`. */
export function hideWords(by: CompletenessFacts['hiddenBy'] = 'filters'): string {
  return `${capital(hiders[by])} ${by === 'search' ? 'hides' : 'hide'}`;
}

/** What a filter hides by; undefined while it can hide nothing. */
export function hiderOf({ matches, ...chosen }: Filter): CompletenessFacts['hiddenBy'] {
  if (matches === undefined) return isFiltering(chosen) ? 'filters' : undefined;
  return isFiltering(chosen) ? 'both' : 'search';
}

/** How many entries filters and the search hide, wherever the reader is: what is hidden must never look absent (T3, T6). */
export function filterNotice(facts: CompletenessFacts): Notice[] {
  if (facts.hidden === 0 && facts.hiddenBy === undefined) return [];
  const folded =
    facts.folded === 0 ? '' : ` ${count(facts.folded, 'more booking is', 'more bookings are')} folded away.`;
  const hide = `${hideWords(facts.hiddenBy)} ${facts.hidden === 0 ? 'none' : facts.hidden}.`;
  const text = `${facts.shown} of ${loadedCount(facts)} loaded entries shown.${folded} ${hide}`;
  return [{ kind: 'filters', key: 'filters', text, action: { label: 'Show all', what: 'clear-filters' } }];
}

const older = { loading: 'Older entries are still loading.', stopped: 'Older entries were not loaded.', all: '' };

/** What a search looked through: the details of entries as well, or, where their code could not be fetched, the rows alone. */
export type SearchedIn = 'details' | 'rows';

/**
 * "No matches" with its scope, so that it never reads as "never happened" (misreading 16): how much was searched, back to
 * when, what was not searched, and that not everything could be read. Nothing where something is shown, or nothing is hidden.
 */
export function noMatchWords(facts: CompletenessFacts, searchedIn: SearchedIn = 'details'): string | undefined {
  if (facts.hiddenBy === undefined || facts.shown + facts.folded > 0 || facts.hidden === 0) return undefined;
  const date = readBackTo(facts);
  const loaded = `${count(loadedCount(facts), 'loaded entry', 'loaded entries')}${date === undefined ? '' : `, back to ${date}`}`;
  const searched = facts.hiddenBy !== 'filters';
  return [
    searched ? `No matches in ${loaded}.` : `No entry passes the filters: they hide all ${loaded}.`,
    searched && facts.hiddenBy === 'both' ? 'Filters are on as well.' : '',
    searched ? 'Letters were not searched.' : '',
    searched && searchedIn === 'details' ? 'Nor were medicines and results inside entries.' : '',
    searched && searchedIn === 'rows' ? 'Nor was anything inside entries: only what the rows show.' : '',
    older[facts.status],
    failedIds(facts).length === 0 ? '' : 'Not all could be read: what is looked for may be among what is missing.',
  ]
    .filter(Boolean)
    .join(' ');
}
