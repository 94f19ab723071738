import { useEffect } from 'react';
import { type RecordReader, type StreamId, streamIds } from '../record/record-state.ts';
import { mapAhead } from '../timeline/to-entries.ts';

/** Maps each page as it arrives, before the drawing that shows it: a large record never costs one long moment (T12). */
export function useMapAhead(reader: RecordReader, patientId: string): void {
  useEffect(() => {
    const done: Partial<Record<StreamId, number>> = {};
    return reader.subscribe(() => {
      const { streams, included } = reader.state();
      for (const id of streamIds) {
        const { resources } = streams[id];
        const from = done[id] ?? 0;
        done[id] = resources.length;
        // Pages only add at the end; what took an older version's place is mapped when it is drawn.
        if (resources.length > from) mapAhead(resources.slice(from), { now: Date.now(), patientId, included });
      }
    });
  }, [reader, patientId]);
}
