import { minute } from '../../../borough/clock.ts';
import type { HappeningOf } from '../../../borough/happenings.ts';
import type { NativeMessage } from '../../native.ts';
import { habitsOf } from './habits.ts';
import { oneIn, sent, visitNumberOf, type Hand } from './hand.ts';
import { hl7Time } from './hl7.ts';
import { components, segment } from './segments.ts';

type Booking = HappeningOf<'booking'>;

/**
 * Bookings as SIU messages: booked (S12), sometimes at another time first (S13), cancelled (S15, at the Whittington with
 * nothing but its number), not attended (S26), kept (S14 with its status). Now and then one is sent twice, or a booking is
 * held in a queue until after its cancellation.
 */
export function* appointmentMessages(hand: Hand): Generator<NativeMessage> {
  for (const booking of hand.life.happenings) {
    if (booking.kind !== 'booking' || booking.organisation !== hand.hospital || booking.booked > hand.asAt) continue;
    yield* messagesOf(hand, booking);
  }
}

function* messagesOf(hand: Hand, booking: Booking): Generator<NativeMessage> {
  const { booked, start, end = start } = booking;
  const ending = endingOf(hand, booking);
  const changed = booked + 5 * minute;
  const moved = oneIn(6, `moved ${booking.id}`) && changed <= Math.min(hand.asAt, start);
  const first = moved ? { ...booking, start: start - 70 * minute, end: end - 70 * minute } : booking;
  const held = ending !== undefined && oneIn(9, `held ${booking.id}`) ? ending.at - booked + minute : 0;
  const message = siu(hand, 'S12', first, { at: booked, whole: true, heldFor: held });
  yield message;
  if (oneIn(10, `twice ${booking.id}`)) yield { ...message, at: message.at + minute };
  if (moved) yield siu(hand, 'S13', booking, { at: changed, whole: true });
  if (ending !== undefined) yield siu(hand, ending.event, booking, ending);
}

interface Manner {
  at: number;
  /** Whether all is said again, or only the number. */
  whole: boolean;
  /** SCH-25. */
  status?: string;
  heldFor?: number;
}

/** What became of it, where the hospital knows by now. */
function endingOf(hand: Hand, booking: Booking): (Manner & { event: string }) | undefined {
  const { status, booked, start, end = start } = booking;
  const whole = hand.hospital === 'RRV';
  const given = Math.floor((booked + (Math.min(start, hand.asAt) - booked) * 0.6) / minute) * minute;
  const endings = {
    booked: undefined,
    cancelled: { event: 'S15', at: Math.max(given, booked + 10 * minute), whole, status: 'Cancelled' },
    missed: { event: 'S26', at: start + 60 * minute, whole, status: 'DNA' },
    kept: { event: 'S14', at: end + 20 * minute, whole: true, status: whole ? 'Seen' : 'Complete' },
  };
  const ending = endings[status];
  return ending === undefined || ending.at > hand.asAt ? undefined : ending;
}

function siu(hand: Hand, event: string, booking: Booking, manner: Manner): NativeMessage {
  const { hospital } = hand;
  const { at, whole, status = 'Booked', heldFor } = manner;
  const end = booking.end === undefined ? '' : hl7Time(booking.end, hospital);
  const all = {
    7: reasonIn(booking),
    8: components('ROUTINE', 'Routine appointment', 'HL70276'),
    11: components('', '', '', hl7Time(booking.start, hospital), end),
    25: status,
  };
  const why = event === 'S15' ? cancelledIn(hand, booking) : '';
  const bare = { 1: components(booking.id, hospital), 6: why };
  const sch = segment('SCH', whole ? { ...bare, ...all } : bare);
  const segments = whole ? [sch, ...detailsOf(hand, booking, event)] : [sch];
  return sent(hand, { type: `SIU^${event}`, at, of: `${booking.id} ${event}`, segments, heldFor });
}

function detailsOf(hand: Hand, booking: Booking, event: string): string[] {
  const habits = habitsOf(hand.hospital);
  const where = habits.place(booking.place);
  return [
    segment('PV1', {
      1: '1',
      2: 'O',
      3: where,
      10: booking.specialty ?? '',
      16: habits.mark(booking.labels ?? []),
      18: habits.channel[booking.channel],
      // Only who has come has a visit.
      19: event === 'S14' ? visitNumberOf(hand, booking.attendance) : '',
    }),
    segment('RGS', { 1: '1', 2: 'A' }),
    segment('AIS', { 1: '1', 2: 'A', 3: components('', booking.service), 4: hl7Time(booking.start, hand.hospital) }),
    segment('AIL', { 1: '1', 2: 'A', 3: where }),
    ...(booking.staff === undefined ? [] : [segment('AIP', { 1: '1', 2: 'A', 3: habits.staff(booking.staff) })]),
  ];
}

function cancelledIn({ hospital }: Hand, { cancelled }: Booking): string {
  if (cancelled === undefined) return '';
  const service = hospital === 'RKE' ? 'HOSP' : 'PROV';
  return components(cancelled.by === 'person' ? 'PAT' : service, cancelled.reason);
}

function reasonIn({ reason }: Booking): string {
  if (reason === undefined) return '';
  return reason.code === undefined ? components('', reason.text) : components(reason.code, reason.text, 'SCT');
}
