import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { statementFacts } from '../details/statement-facts.ts';
import type { MapContext } from '../../timeline/context.ts';
import { searchWords } from '../../timeline/fold.ts';
import { newIndex, type Search, searchFor } from '../../timeline/search.ts';
import type { MappedRecord } from '../../timeline/to-entries.ts';

type StatementFacts = typeof statementFacts;

/** What was searched: the rows alone until the code that words details has come, or when it could not be fetched. */
export type SearchReach = 'details' | 'rows' | 'rows-only';

export interface ActiveSearch {
  search: Search | undefined;
  reach: SearchReach;
}

/**
 * The search for what is typed, undefined while nothing is. It follows a moment after typing, so that typing never waits
 * for it (T12). Details are worded by the same code that shows them, fetched with the first search.
 */
export function useSearch(text: string, { linked }: MappedRecord, context: MapContext): ActiveSearch {
  const words = searchWords(useDeferredValue(text)).join(' ');
  const wanted = words !== '';
  const [facts, setFacts] = useState<{ of: StatementFacts | undefined; failed: boolean }>();
  useEffect(() => {
    if (!wanted || facts?.of !== undefined) return undefined;
    let still = true;
    import('../details/statement-facts.ts').then(
      (module) => still && setFacts({ of: module.statementFacts, failed: false }),
      // Tried again with the next search; until then it is said that details were not searched.
      () => still && setFacts({ of: undefined, failed: true }),
    );
    return () => {
      still = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- asked for when a search begins, not again when the answer comes
  }, [wanted]);
  const of = facts?.of;
  const { included } = context;
  // Names that arrive change what details say: what was folded before is let go with them.
  const index = useMemo(() => ({ ...newIndex(), included }), [included]);
  const byEntry = useMemo(() => (wanted ? Map.groupBy(linked, ({ to }) => to) : undefined), [wanted, linked]);
  const search = useMemo(() => {
    if (words === '') return undefined;
    const wordsOf = of === undefined ? undefined : (statement: Parameters<StatementFacts>[0]) => of(statement, context);
    const statements = new Map([...(byEntry ?? [])].map(([key, list]) => [key, list.map((each) => each.statement)]));
    return searchFor(words.split(' '), index, wordsOf, statements);
    // oxlint-disable-next-line react/exhaustive-deps -- of the context only what is included changes what details say
  }, [words, of, index, byEntry]);
  return { search, reach: of !== undefined ? 'details' : facts?.failed === true ? 'rows-only' : 'rows' };
}
