import { useDeferredValue, useEffect, useMemo, useSyncExternalStore } from 'react';
import { paced } from './paced.ts';
import { type RecordReader, type RecordState, streamIds } from './record-state.ts';
import { together } from './together.ts';

/** News that comes within this many milliseconds is drawn together. */
const togetherMs = 10;

/**
 * The record as read so far; renders again with every change, older pages a few times a second, or less often where drawing them
 * takes long. Rows may follow a moment later than what a reader does: typing and scrolling go first (T12).
 */
export function useRecord(reader: RecordReader): RecordState {
  const record = useMemo(() => {
    const { state, subscribe, drawn } = paced(reader);
    return { state, drawn, subscribe: together(subscribe, togetherMs, () => hasFirstAnswers(state())) };
  }, [reader]);
  const state = useDeferredValue(useSyncExternalStore(record.subscribe, record.state));
  // Once it stands on the page.
  useEffect(() => record.drawn(state), [record, state]);
  return state;
}

/** Whether the person, the sources and the first page of every stream have been answered, well or not. */
export function hasFirstAnswers({ patient, sourcesRead, streams }: RecordState): boolean {
  if (patient.status === 'loading' || sourcesRead === 'loading') return false;
  return streamIds.every((id) => streams[id].pages > 0 || streams[id].status !== 'loading');
}
