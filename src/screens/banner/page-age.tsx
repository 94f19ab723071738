import type { Session } from '../../launch/session.ts';
import type { ReadAgain } from '../../record/record-state.ts';
import { formatClock, formatDay, formatInstant } from '../../timeline/dates.ts';
import { Button } from '../../ui/button.tsx';

export interface PageAgeProps {
  session: Pick<Session, 'openedFrom' | 'openedAt' | 'user'>;
  /** When the newest answer came, epoch milliseconds. */
  readAt: number | undefined;
  /** What became of reading it again, where that was asked for. */
  again: ReadAgain | undefined;
  /** Reads everything again; undefined while the first reading goes on. */
  onReadAgain: (() => void) | undefined;
  /** Whether there is room to say so while it is fresh. */
  roomy: boolean;
  now: number;
}

/** From this age on it stands out. */
const oldMinutes = 5;

/** Who reads, from where it was opened and when, and how old what is shown has become (misreading 15). */
export function PageAge({ session, readAt, again, onReadAgain, roomy, now }: PageAgeProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const isReading = again?.status === 'reading';
  const at = moment(session.openedAt, now);
  const opened = session.openedFrom === undefined ? `Opened ${at}` : `Opened from ${session.openedFrom} ${at}`;
  const minutes = readAt === undefined ? 0 : Math.floor((now - readAt) / 60_000);
  return (
    <>
      {session.user.name !== undefined && <span>{session.user.name}</span>}
      <span>{opened}</span>
      {readAt !== undefined && onReadAgain !== undefined && (roomy || minutes >= oldMinutes) && (
        <span className="inline-flex flex-wrap items-baseline gap-x-1">
          <span className={minutes < oldMinutes ? undefined : 'font-bold text-text'}>
            Read {moment(readAt, now)}
            {minutes >= oldMinutes && `, ${ageWords(minutes)} ago`}
          </span>
          <Button look="quiet" className="-my-1 max-sm:-my-2.5" aria-disabled={isReading} onClick={onReadAgain}>
            Read again
          </Button>
        </span>
      )}
      <span role="status" className="empty:absolute">
        {isReading ? 'Reading again.' : again?.status === 'done' ? 'Everything was read again.' : ''}
      </span>
      {again?.status === 'failed' && again.at !== undefined && (
        <span role="alert" className="font-bold text-failure">
          Could not be read again at {moment(again.at, now)}. What was read before is shown.
        </span>
      )}
    </>
  );
}

/** The time alone while it is of today, the date with it once it is not; both in epoch milliseconds. */
export function moment(instant: number, now: number): string {
  return formatDay(instant) === formatDay(now) ? formatClock(instant) : formatInstant(instant);
}

/** `12 minutes`, `3 hours`. */
export function ageWords(minutes: number): string {
  if (minutes < 120) return `${minutes} minutes`;
  return `${Math.floor(minutes / 60)} hours`;
}
