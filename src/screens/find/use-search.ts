import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { MapContext } from '../../timeline/context.ts';
import type { Entry, Statement } from '../../timeline/entry.ts';
import { searchWords } from '../../timeline/fold.ts';
import { newIndex, type Search, searchFor } from '../../timeline/search.ts';
import type { MappedRecord } from '../../timeline/to-entries.ts';
import type { statementFacts } from '../details/statement-facts.ts';

type StatementFacts = typeof statementFacts;

/** What was searched: the rows alone until the code that words details has come, or when it could not be fetched. */
export type SearchReach = 'details' | 'rows' | 'rows-only';

export interface ActiveSearch {
  search: Search | undefined;
  reach: SearchReach;
}

/** Entries that are made ready between two keystrokes. */
const atATime = 250;
/** Met by nothing, so that all of an entry is looked at. */
const noWord = '\0';

/**
 * The search for what is typed, undefined while nothing is. It follows a moment after typing, so that typing never waits
 * for it (T12). Details are worded by the same code that shows them, fetched with the first search.
 */
export function useSearch(text: string, { entries, linked }: MappedRecord, context: MapContext): ActiveSearch {
  const words = searchWords(useDeferredValue(text)).join(' ');
  const wanted = words !== '';
  const [facts, setFacts] = useState<{ of: StatementFacts | undefined; failed: boolean }>();
  const of = facts?.of;
  const { included } = context;
  // Names that arrive change what details say: what was folded before is let go with them.
  const index = useMemo(() => ({ ...newIndex(), included }), [included]);
  const inDetails = useMemo(() => (wanted ? statementsByEntry(linked) : undefined), [wanted, linked]);

  const latest = useRef({ entries, context, index, inDetails });
  useEffect(() => {
    latest.current = { entries, context, index, inDetails };
  });
  useEffect(() => {
    if (!wanted || of !== undefined) return undefined;
    const left = new AbortController();
    const fetchAndPrepare = async () => {
      const { statementFacts: wordsOf } = await import('../details/statement-facts.ts');
      const now = latest.current;
      const prepare = searchFor([noWord], now.index, (each) => wordsOf(each, now.context), now.inDetails);
      for (let at = 0; !left.signal.aborted && at < now.entries.length; at += atATime) {
        now.entries.slice(at, at + atATime).forEach((entry: Entry) => prepare.matches(entry));
        await new Promise((resolve) => {
          setTimeout(resolve);
        });
      }
      if (!left.signal.aborted) setFacts({ of: wordsOf, failed: false });
    };
    // Tried again with the next search; until then it is said that details were not searched.
    fetchAndPrepare().catch(() => !left.signal.aborted && setFacts({ of: undefined, failed: true }));
    return () => left.abort();
  }, [wanted, of]);

  const search = useMemo(() => {
    if (words === '') return undefined;
    const wordsOf = of === undefined ? undefined : (statement: Statement) => of(statement, context);
    return searchFor(words.split(' '), index, wordsOf, inDetails);
    // oxlint-disable-next-line react/exhaustive-deps -- of the context only what is included changes what details say
  }, [words, of, index, inDetails]);
  return { search, reach: of !== undefined ? 'details' : facts?.failed === true ? 'rows-only' : 'rows' };
}

/** The letters and reports that stand in each entry's details. */
function statementsByEntry(linked: MappedRecord['linked']): ReadonlyMap<string, readonly Statement[]> {
  const grouped = new Map<string, Statement[]>();
  for (const { to, statement } of linked) {
    const list = grouped.get(to);
    if (list === undefined) grouped.set(to, [statement]);
    else list.push(statement);
  }
  return grouped;
}
