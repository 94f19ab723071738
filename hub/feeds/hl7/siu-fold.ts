import type { Appointment } from 'fhir/r4';
import type { Dialect } from './dialect.ts';
import { lookUp } from './look-up.ts';
import type { Message, Segment } from './message.ts';
import type { Said } from './message-piece.ts';

/** Everything that was said of one booking. */
export interface Booking {
  status: Appointment['status'];
  /** Its messages, the last first. */
  newest: readonly Message[];
  /** The message that gave it this status. */
  settledBy: Message | undefined;
  /** What the last message says that says anything of it: who, where and when of a booking are replaced together. */
  latest<T>(read: (message: Message) => T | undefined): T | undefined;
  /** The segment that states this field last. */
  last(segment: string, field: number): Segment | undefined;
  /** A component of the field as last stated; '' where that was HL7's null, or nobody stated it. */
  at(segment: string, field: number, component?: number): string;
  /** When it was first booked (S12), as that message was sent, ISO 8601 UTC; undefined where none came. */
  booked: string | undefined;
}

/** What each event makes of a booking; a change (S14 and those of its parts) leaves its status as it was. */
const statuses: Readonly<Record<string, Appointment['status']>> = {
  S12: 'booked',
  S13: 'booked',
  S15: 'cancelled',
  S16: 'cancelled',
  S17: 'entered-in-error',
  S26: 'noshow',
};

/** What only a new time (S13) makes active again: a booking that a queue held back must not undo its own cancellation. */
const ended = new Set<Appointment['status']>(['cancelled', 'noshow', 'entered-in-error']);

/** Events after which SCH-25 does not count: some systems leave there what stood before. */
const decisive = new Set(['S15', 'S16', 'S17', 'S26']);

/**
 * The messages of one booking, oldest first, as it stands after them: an empty field says nothing, a new time (S13) makes
 * a cancelled or missed booking active again, and a cancellation that came first, with nothing but its number, counts
 * when its booking comes after it.
 */
export function foldBooking(said: readonly Said[], dialect: Pick<Dialect, 'appointmentStatuses'>): Booking {
  const newest = said.map(({ message }) => message).toReversed();
  const latest = <T>(read: (message: Message) => T | undefined): T | undefined => {
    for (const message of newest) {
      const found = read(message);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const last = (name: string, field: number): Segment | undefined =>
    latest((message) => message.all(name).find((segment) => segment.states(field)));
  return {
    ...statusAfter(said, dialect),
    newest,
    latest,
    last,
    at: (name, field, component) => last(name, field)?.at(field, component) ?? '',
    booked: said.find(({ event }) => event === 'S12')?.at,
  };
}

function statusAfter(
  said: readonly Said[],
  { appointmentStatuses }: Pick<Dialect, 'appointmentStatuses'>,
): Pick<Booking, 'status' | 'settledBy'> {
  let settled: Pick<Booking, 'status' | 'settledBy'> = { status: 'booked', settledBy: undefined };
  for (const { event, message } of said) {
    const sch = message.first('SCH');
    const words = [sch?.at(25), sch?.at(25, 2)].map((word) => word?.toLowerCase() ?? '');
    const stated = words.map((word) => lookUp(appointmentStatuses, word)).find((each) => each !== undefined);
    const status = (decisive.has(event) ? undefined : stated) ?? statuses[event];
    const revives = status === 'booked' && ended.has(settled.status) && event !== 'S13';
    if (status !== undefined && !revives) settled = { status, settledBy: message };
  }
  return settled;
}

/** How far each event is in the life of a booking: of two sent in the same second the later one counts. */
export function bookingStage(event: string): number {
  return { S12: 1, S13: 2, S14: 3, S26: 4, S15: 5, S16: 5, S17: 6 }[event] ?? 3;
}
