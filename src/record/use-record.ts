import { useSyncExternalStore } from 'react';
import type { RecordReader, RecordState } from './record-state.ts';

/** The record as read so far; renders again with every change. */
export function useRecord(reader: RecordReader): RecordState {
  return useSyncExternalStore(reader.subscribe, reader.state);
}
