import { useMemo } from 'react';
import type { RecordState } from '../record/record-state.ts';
import type { CompletenessFacts } from '../timeline/completeness.ts';
import type { Filter } from '../timeline/filter.ts';
import type { Shown } from '../timeline/gained.ts';
import { sayWhatIsNew } from '../timeline/news.ts';
import { type GroupedRows, groupRows } from './feed/group-rows.ts';
import type { ActiveSearch } from './find/use-search.ts';
import { useSearch } from './find/use-search.ts';
import {
  type MappedTimeline,
  mapTimeline,
  slowStreams,
  sourceAges,
  type TimelineView,
  viewOf,
} from './timeline-view.ts';
import { useNoted, useShown } from './use-shown.ts';

export interface TimelineInput {
  state: RecordState;
  patientId: string;
  /** The encounter the page was launched with, if any. */
  encounterId: string | undefined;
  /** When this user last opened this person, epoch milliseconds (T14). */
  lastOpenedAt: number | undefined;
  /** Epoch milliseconds. */
  now: number;
  /** The same object as long as it asks for the same. */
  filter: Filter;
  /** The words searched for, as typed. */
  text: string;
  upcomingExpanded: boolean;
  offline: boolean;
}

export interface Timeline extends MappedTimeline {
  layout: TimelineView['layout'];
  facts: CompletenessFacts;
  rows: GroupedRows;
  searched: ActiveSearch;
  /** What was chosen, and the search. */
  filter: Filter;
  /** Streams whose answer is overdue, in words. */
  slow: string[];
  /** What this page has shown, for what its rows have gained since. */
  shown: Shown;
}

/** The record as entries, rows and facts; worked out anew only when what it stands on has changed (T12). */
export function useTimeline({
  state,
  patientId,
  encounterId,
  lastOpenedAt,
  now,
  filter: chosen,
  text,
  upcomingExpanded,
  offline,
}: TimelineInput): Timeline {
  const asAt = useMemo(() => sourceAges(state.sources), [state.sources]);
  const changes = state.again?.changes;
  const shown = useShown();
  const mapped = useMemo(() => {
    const { record, context } = mapTimeline(state, patientId, now, asAt, encounterId, shown);
    return { record: { ...record, entries: sayWhatIsNew(record, { lastOpenedAt, changes, now }) }, context };
    // What was shown is noted after the drawing, and asks for no new one.
    // oxlint-disable-next-line react/exhaustive-deps -- read as it stands when the record changes
  }, [state, patientId, now, asAt, encounterId, lastOpenedAt, changes]);
  const searched = useSearch(text, mapped.record, mapped.context);
  const matches = searched.search?.matches;
  const filter = useMemo(() => (matches === undefined ? chosen : { ...chosen, matches }), [chosen, matches]);
  const { layout, facts } = useMemo(
    () => viewOf({ state, mapped, filter, upcomingExpanded, offline }),
    [state, mapped, filter, upcomingExpanded, offline],
  );
  useNoted(shown, layout.standing);
  const rows = useMemo(() => groupRows(layout.rows), [layout]);
  const slow = useMemo(() => slowStreams(state), [state]);
  return { ...mapped, layout, facts, rows, searched, filter, slow, shown };
}
