import { useEffect } from 'react';
import { type RecordReader, type StreamId, streamIds } from '../record/record-state.ts';
import { hasFirstAnswers } from '../record/use-record.ts';
import { mapAhead } from '../timeline/to-entries.ts';
import { afterPaint } from '../ui/after-paint.ts';

/**
 * Maps each page as it arrives, before the drawing that shows it: a large record never costs one long moment (T12). What comes on
 * the heels of the first pages waits until their rows are painted.
 */
export function useMapAhead(reader: RecordReader, patientId: string): void {
  useEffect(() => {
    const done: Partial<Record<StreamId, number>> = {};
    let firstRows: 'awaited' | 'drawing' | 'painted' = 'awaited';
    const map = () => {
      if (firstRows === 'drawing') return;
      const state = reader.state();
      for (const id of streamIds) {
        const { resources } = state.streams[id];
        const from = done[id] ?? 0;
        done[id] = resources.length;
        // Pages only add at the end; what took an older version's place is mapped when it is drawn.
        if (resources.length > from) {
          mapAhead(resources.slice(from), { now: Date.now(), patientId, included: state.included });
        }
      }
      if (firstRows === 'painted' || !hasFirstAnswers(state)) return;
      firstRows = 'drawing';
      void afterPaint().then(painted);
    };
    const painted = () => {
      firstRows = 'painted';
      map();
    };
    return reader.subscribe(map);
  }, [reader, patientId]);
}
