import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { MapContext } from '../../timeline/context.ts';
import type { Search } from '../../timeline/search.ts';
import type { MappedRecord } from '../../timeline/to-entries.ts';
import type { searchOver } from './search-engine.ts';

/** The search, and how far it has come. */
export interface ActiveSearch {
  /** Undefined while nothing is searched for, and while the search is not yet, or not, to be had. */
  search: Search | undefined;
  /** `failed`: its code could not be fetched, so that nothing is hidden by it. */
  status: 'none' | 'loading' | 'ready' | 'failed';
  /** Fetches its code again. */
  again: () => void;
}

/**
 * The search for what is typed. It follows a moment after typing, so that typing never waits for it (T12); its code comes
 * with the first search.
 */
export function useSearch(text: string, record: MappedRecord, context: MapContext): ActiveSearch {
  const typed = useDeferredValue(text);
  const wanted = typed.trim() !== '';
  const [engine, setEngine] = useState<{ over: typeof searchOver }>();
  const [failed, setFailed] = useState(false);
  const latest = useRef({ record, context });
  useEffect(() => {
    latest.current = { record, context };
  });
  useEffect(() => {
    if (!wanted || engine !== undefined || failed) return undefined;
    const left = new AbortController();
    const fetchIt = async () => {
      const { searchOver: over, prepareSearch } = await import('./search-engine.ts');
      await prepareSearch(latest.current.record, latest.current.context, left.signal);
      if (!left.signal.aborted) setEngine({ over });
    };
    fetchIt().catch(() => !left.signal.aborted && setFailed(true));
    return () => left.abort();
  }, [wanted, engine, failed]);

  const { linked } = record;
  const { included } = context;
  const search = useMemo(
    () => (engine === undefined ? undefined : engine.over(typed, record, context)),
    // oxlint-disable-next-line react/exhaustive-deps -- what of the record changes how entries are searched, no more
    [typed, engine, linked, included],
  );
  const status = !wanted ? 'none' : engine !== undefined ? 'ready' : failed ? 'failed' : 'loading';
  return { search, status, again: () => setFailed(false) };
}
