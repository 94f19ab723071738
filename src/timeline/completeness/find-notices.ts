import { type Filter, isFiltering } from '../filter.ts';
import { capital, count } from '../words.ts';
import { type CompletenessFacts, loadedCount } from './facts.ts';
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
