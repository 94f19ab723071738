import { useMemo } from 'react';
import type { RecordState } from '../record/record-state.ts';
import type { CompletenessFacts } from '../timeline/completeness.ts';
import { type Facets, facetsOf } from '../timeline/facets.ts';
import type { Filter } from '../timeline/filter.ts';
import { type GroupedRows, groupRows } from './feed/group-rows.ts';
import {
  type MappedTimeline,
  mapTimeline,
  slowStreams,
  sourceAges,
  type TimelineView,
  viewOf,
} from './timeline-view.ts';

export interface TimelineInput {
  state: RecordState;
  patientId: string;
  /** The encounter the page was launched with, if any. */
  encounterId: string | undefined;
  /** Epoch milliseconds. */
  now: number;
  /** With the search, where there is one; the same object as long as it asks for the same. */
  filter: Filter;
  /** The reader's own organisation, where it is known. */
  own: string | undefined;
  upcomingExpanded: boolean;
  offline: boolean;
}

export interface Timeline extends MappedTimeline {
  layout: TimelineView['layout'];
  facts: CompletenessFacts;
  rows: GroupedRows;
  facets: Facets;
  /** Streams whose answer is overdue, in words. */
  slow: string[];
}

/** The record as entries, rows and facts; worked out anew only when what it stands on has changed (T12). */
export function useTimeline({
  state,
  patientId,
  encounterId,
  now,
  filter,
  own,
  upcomingExpanded,
  offline,
}: TimelineInput): Timeline {
  const asAt = useMemo(() => sourceAges(state.sources), [state.sources]);
  const mapped = useMemo(
    () => mapTimeline(state, patientId, now, asAt, encounterId),
    [state, patientId, now, asAt, encounterId],
  );
  const { layout, facts } = useMemo(
    () => viewOf({ state, mapped, filter, upcomingExpanded, offline }),
    [state, mapped, filter, upcomingExpanded, offline],
  );
  const rows = useMemo(() => groupRows(layout.rows), [layout]);
  const facets = useMemo(() => facetsOf(layout.standing, filter, own), [layout.standing, filter, own]);
  const slow = useMemo(() => slowStreams(state), [state]);
  return { ...mapped, layout, facts, rows, facets, slow };
}
