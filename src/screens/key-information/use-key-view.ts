import { useMemo } from 'react';
import type { Session } from '../../launch/session.ts';
import { useKeyInformation } from '../../record/key-information.ts';
import type { RecordState } from '../../record/record-state.ts';
import type { Entry } from '../../timeline/entry.ts';
import { type KeyInformationView, keyInformationOf } from '../../timeline/key-information/key-information.ts';

export interface KeyView {
  view: KeyInformationView;
  /** Whether any of it could not be read. */
  failed: boolean;
  retry: () => void;
}

/** Key information in words, from what was read of it and from the record's sources. */
export function useKeyView(session: Session, state: RecordState, entries: readonly Entry[], now: number): KeyView {
  const { topics, retry } = useKeyInformation(session);
  const { sources, sourcesRead, withheld, included, streams } = state;
  // Bookings are Appointments, and reviews that are due are Tasks.
  const bookingsComplete = streams.Appointment.status === 'complete' && streams.Task.status === 'complete';
  const { patientId } = session;
  const view = useMemo(
    () =>
      keyInformationOf({ topics, sources, sourcesRead, withheld, included, patientId, now }, entries, bookingsComplete),
    [topics, sources, sourcesRead, withheld, included, patientId, now, entries, bookingsComplete],
  );
  return { view, failed: Object.values(topics).some(({ status }) => status === 'failed'), retry };
}
