import { UnusableMessage, type Sorted, type Told } from '../format.ts';
import { messagePiece, saidIn } from './message-piece.ts';
import type { Message } from './message.ts';
import type { Part } from './part.ts';
import { appointmentOf } from './siu-appointment.ts';
import { bookingStage, foldBooking } from './siu-fold.ts';

/** Events of SIU that tell of one person's booking (HL7 v2.4, chapter 10); S23 and S24 block time, for nobody. */
const events = /^S(1[2-9]|2[0-26])$/;

/** Segments that a booking is read from; NTE stands below the segment it comments on. */
const kept = new Set(['SCH', 'NTE', 'PV1', 'PV2', 'AIS', 'AIG', 'AIL', 'AIP']);

/**
 * Bookings, as SIU messages tell of them: all messages of one booking are kept, so that a cancellation before its booking, a
 * repeat, or any order of them comes to the same.
 */
export const bookings: Part = {
  codes: ['SIU'],
  scopes: ['appointment'],
  sort(message, about): Sorted {
    if (!events.test(message.event)) {
      throw new UnusableMessage(`SIU ${message.event.slice(0, 3)} tells of no booking of a person.`);
    }
    const key = keyOf(message);
    if (key === undefined) throw new UnusableMessage('Its booking has no number (SCH-1, SCH-2).');
    const lines = message.segments.filter(({ name }) => kept.has(name)).map(({ raw }) => raw);
    const rank = bookingStage(message.event);
    return {
      pieces: [messagePiece(message, about, { scope: `appointment ${key}`, rank, lines })],
      links: [],
      doubts: [],
    };
  },
  async tell({ subject, organisation, scope }, pieces, dialect): Promise<Told> {
    const said = saidIn(pieces);
    if (said.length === 0) return { resources: [], doubts: [] };
    const key = scope.slice('appointment '.length);
    const booking = foldBooking(said, dialect);
    const { appointment, doubts } = appointmentOf(booking, { subject, organisation, key, dialect });
    return { resources: [appointment], doubts };
  },
};

/** SCH-1, the number of who asked for the booking, else SCH-2, of who keeps it (both stay with it to its end). */
function keyOf(message: Message): string | undefined {
  const sch = message.first('SCH');
  return sch?.at(1) || sch?.at(2) || undefined;
}
