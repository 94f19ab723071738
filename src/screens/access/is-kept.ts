import { streamIds, type RecordState } from '../../record/record-state.ts';

/**
 * Whether everything is kept from this reader: all was read, nothing came, and the hub said that something is withheld. An
 * empty list would say that there is nothing (T3).
 */
export function isKept({ withheld, streams }: RecordState): boolean {
  return (
    withheld === 'some' &&
    streamIds.every((id) => streams[id].status === 'complete' && streams[id].resources.length === 0)
  );
}
