import type { Session } from '../../launch/session.ts';
import { formatClock, formatDay, formatInstant } from '../../timeline/dates.ts';

export interface PageAgeProps {
  session: Pick<Session, 'openedFrom' | 'openedAt' | 'user'>;
  /** When the newest answer came, epoch milliseconds. */
  readAt: number | undefined;
  now: number;
}

/** Who reads, from where it was opened and when, and how old what is shown has become (misreading 15). */
export function PageAge({ session, readAt, now }: PageAgeProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const at = moment(session.openedAt, now);
  const opened = session.openedFrom === undefined ? `Opened ${at}` : `Opened from ${session.openedFrom} ${at}`;
  const minutes = readAt === undefined ? 0 : Math.floor((now - readAt) / 60_000);
  return (
    <>
      {session.user.name !== undefined && <span>{session.user.name}</span>}
      <span>{opened}</span>
      {readAt !== undefined && minutes >= 5 && (
        <span className="font-bold text-text">
          Read at {moment(readAt, now)}, {ageWords(minutes)} ago
        </span>
      )}
    </>
  );
}

/** The time alone while it is of today, the date with it once it is not. */
function moment(instant: number, now: number): string {
  return formatDay(instant) === formatDay(now) ? formatClock(instant) : formatInstant(instant);
}

function ageWords(minutes: number): string {
  if (minutes < 120) return `${minutes} minutes`;
  return `${Math.floor(minutes / 60)} hours`;
}
