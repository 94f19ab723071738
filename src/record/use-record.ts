import { useMemo, useSyncExternalStore } from 'react';
import { paced } from './paced.ts';
import type { RecordReader, RecordState } from './record-state.ts';
import { together } from './together.ts';

/** News that comes within this many milliseconds is drawn together. */
const togetherMs = 10;

/** The record as read so far; renders again with every change, older pages a few times a second (T12). */
export function useRecord(reader: RecordReader): RecordState {
  const record = useMemo(() => {
    const { state, subscribe } = paced(reader);
    return { state, subscribe: together(subscribe, togetherMs) };
  }, [reader]);
  return useSyncExternalStore(record.subscribe, record.state);
}
