import { useMemo } from 'react';
import type { Session } from '../../launch/session.ts';
import { useKeyInformation } from '../../record/key-information.ts';
import type { RecordState } from '../../record/record-state.ts';
import type { Entry } from '../../timeline/entry.ts';
import type { KeyInput } from '../../timeline/key-information/key-information.ts';

export interface KeyView {
  /** What all of the key information is made from, for the parts of the page that show it. */
  input: KeyInput;
  /** Whether any of it could not be read. */
  failed: boolean;
  retry: () => void;
}

/** What was read of the key information, with the record's sources beside it; the parts that show it judge it. */
export function useKeyView(session: Session, state: RecordState, entries: readonly Entry[], now: number): KeyView {
  const { topics, retry } = useKeyInformation(session);
  const { sources, sourcesRead, withheld, included, streams } = state;
  // Bookings are Appointments, and reviews that are due are Tasks.
  const bookingsComplete =
    streams.Appointment.status === 'complete' && !streams.Appointment.absent && streams.Task.status === 'complete';
  const { patientId } = session;
  const facts = useMemo(
    () => ({ topics, sources, sourcesRead, withheld, included, patientId, now }),
    [topics, sources, sourcesRead, withheld, included, patientId, now],
  );
  const input = useMemo(() => ({ facts, entries, bookingsComplete }), [facts, entries, bookingsComplete]);
  return { input, failed: Object.values(topics).some(({ status, absent }) => status === 'failed' && !absent), retry };
}
