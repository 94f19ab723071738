import { useMemo, useSyncExternalStore } from 'react';
import { paced } from './paced.ts';
import type { RecordReader, RecordState } from './record-state.ts';

/** The record as read so far; renders again with every change, older pages a few times a second (T12). */
export function useRecord(reader: RecordReader): RecordState {
  const record = useMemo(() => paced(reader), [reader]);
  return useSyncExternalStore(record.subscribe, record.state);
}
