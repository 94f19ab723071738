import { useQuery } from '@tanstack/react-query';
import type { OwnReading } from '../../../fhir/own-reading.ts';
import type { Session } from '../../launch/session.ts';
import { readSharedReadings, shareReading, takeReadingBack, type SharedReading } from '../../record/own-readings.ts';
import { personKey } from '../../record/person-key.ts';
import { useAct, type Act } from '../access/use-act.ts';

export interface Readings {
  status: 'reading' | 'failed' | 'read';
  shared: readonly SharedReading[];
  again: () => void;
  act: Act;
  /** Shares one and calls `done` when the hub has it. */
  share: (reading: OwnReading, at: number, done: () => void) => void;
  takeBack: (reading: SharedReading, done: () => void) => void;
}

/** What the person shared lately, and the ways to share and to take back. Needs the details' cache around it. */
export function useReadings(session: Session, onChanged: () => void): Readings {
  const act = useAct();
  const answer = useQuery({
    queryKey: ['own-readings', ...personKey(session)],
    queryFn: ({ signal }) => readSharedReadings(session, signal),
  });
  const change = async (work: Promise<void>, done: () => void): Promise<void> => {
    await work;
    done();
    onChanged();
    await answer.refetch();
  };
  return {
    status: answer.status === 'success' ? 'read' : answer.isFetching ? 'reading' : 'failed',
    shared: answer.data ?? [],
    again: () => void answer.refetch(),
    act,
    share: (reading, at, done) =>
      void act.run(() => change(shareReading(session, reading, new Date(at).toISOString()), done)),
    takeBack: (reading, done) => void act.run(() => change(takeReadingBack(session, reading), done)),
  };
}
