import { useMemo } from 'react';
import { navigate, useHistoryState, useSearch } from 'wouter/use-browser-location';
import type { Session } from '../../launch/session.ts';
import { sittingKey } from '../../record/person-key.ts';
import { type ChoiceGroup, type Choice, type Filter } from '../../timeline/filter.ts';
import { periodOf } from '../../timeline/period.ts';
import { type Filters, filterOf, fromQuery, toQuery } from './find-address.ts';
import { keepFind, keptFind } from './kept-find.ts';
import { useSearchText } from './use-search-text.ts';

/** What the reader looks for, and the ways to change it. Each change is one step that Back undoes (T6). */
export interface Find {
  /** As the timeline understands it, without the search. */
  filter: Filter;
  filters: Filters;
  /** The words in the search field. */
  text: string;
  /** Whether anything is switched on that may hide an entry. */
  active: boolean;
  setText: (text: string) => void;
  /** Sets or, with undefined, lifts the choice of a group. */
  choose: (group: ChoiceGroup, choice: Choice | undefined) => void;
  /** Instants in epoch milliseconds, widened to whole days; undefined lifts the period. */
  setPeriod: (period: { from: number; to: number } | undefined) => void;
  /** Sets several parts at once; `refine` changes the last step instead of making a new one. */
  change: (parts: Partial<Filters>, refine?: boolean) => void;
  /** Lifts every filter and the search. */
  showAll: () => void;
}

/**
 * What is looked for lives in the address, so that Back undoes it and a reload keeps it; the search text lives in the
 * history's state, for it is patient data (T6). Nothing is on when the page opens, for any role.
 */
export function useFind(session: Session): Find {
  // What is costly is remembered below; the rest costs more bytes than it saves work.
  'use no memo';
  const query = useSearch();
  const who = sittingKey(session).join(' ');
  const kept = keptFind(useHistoryState(), who);
  const own = session.organisation?.code;
  const { text: keptText, ...choices } = kept;
  const filters: Filters = { ...fromQuery(query), ...choices };
  const written = JSON.stringify(filters);
  const filter = useMemo(() => filterOf(JSON.parse(written) as Filters, own), [written, own]);

  const go = (next: Filters, text: string, replace: boolean) => {
    const address = toQuery(next);
    navigate(`${window.location.pathname}${address === '' ? '' : `?${address}`}`, {
      replace,
      state: keepFind(window.history.state, who, text, next),
    });
  };
  const search = useSearchText(keptText, (text, replace) => go(filters, text, replace));
  const change = (parts: Partial<Filters>, refine = false) => {
    const next = Object.entries({ ...filters, ...parts }).filter(([, part]) => part !== undefined);
    go(Object.fromEntries(next), search.text, refine);
  };

  return {
    filter,
    filters,
    text: search.text,
    active: search.text.trim() !== '' || Object.keys(filters).length > 0,
    setText: (text) => search.setText(text),
    choose: (group, choice) => change({ [group]: choice }),
    setPeriod: (period) => change({ from: undefined, to: undefined, ...(period && periodOf(period)) }),
    change,
    showAll: () => {
      search.forget();
      go({}, '', false);
    },
  };
}
