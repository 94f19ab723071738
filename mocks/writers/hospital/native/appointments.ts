import { minute } from '../../../borough/clock.ts';
import type { HappeningOf } from '../../../borough/happenings.ts';
import type { NativeMessage } from '../../native.ts';
import { inOneOf, markOf, messageOf, placeIn, staffIn, wordsIn, type Hand } from './hand.ts';
import { parts, segment, stamp } from './hl7-text.ts';

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
  const { booked, start } = booking;
  const end = endOf(hand, booking);
  const moved = inOneOf(6, 'moved', booking.id) && start - booked > 10 * minute;
  const first = moved ? { ...booking, start: start - 70 * minute, end: start - 40 * minute } : booking;
  const held = end !== undefined && inOneOf(9, 'held', booking.id) ? end.at - booked + minute : 0;
  const message = siu(hand, 'S12', first, booked, { whole: true, held });
  yield message;
  if (inOneOf(10, 'twice', booking.id)) yield { ...message, at: message.at + minute };
  const changed = booked + 5 * minute;
  if (moved && changed <= hand.asAt) yield siu(hand, 'S13', booking, changed, { whole: true });
  if (end !== undefined) yield siu(hand, end.event, booking, end.at, end);
}

/** What became of it, where the hospital knows by now. */
function endOf(
  hand: Hand,
  { status, booked, start, end = start }: Booking,
): { event: string; at: number; whole: boolean; status?: string } | undefined {
  const whole = hand.hospital === 'RRV';
  const ends = {
    booked: undefined,
    cancelled: {
      event: 'S15',
      at: Math.floor((booked + (Math.min(start, hand.asAt) - booked) * 0.6) / minute) * minute,
      whole,
    },
    missed: { event: 'S26', at: start + 60 * minute, whole },
    kept: { event: 'S14', at: end + 20 * minute, whole: true, status: whole ? 'Seen' : 'Complete' },
  }[status];
  return ends === undefined || ends.at > hand.asAt ? undefined : ends;
}

interface Manner {
  /** Whether all is said again, or only the number. */
  whole: boolean;
  status?: string;
  held?: number;
}

function siu(hand: Hand, event: string, booking: Booking, at: number, { whole, status, held }: Manner): NativeMessage {
  const sch = segment('SCH', {
    1: parts(booking.id, hand.hospital),
    6: event === 'S15' ? cancelledIn(hand, booking) : undefined,
    7: whole ? reasonIn(booking) : undefined,
    8: whole ? parts('ROUTINE', 'Routine appointment', 'HL70276') : undefined,
    11: whole
      ? parts(
          '',
          '',
          '',
          stamp(booking.start, hand.precision),
          booking.end === undefined ? '' : stamp(booking.end, hand.precision),
        )
      : undefined,
    25: whole ? (status ?? (event === 'S15' ? 'Cancelled' : event === 'S26' ? 'DNA' : 'Booked')) : undefined,
  });
  const segments = whole ? [sch, ...detailsOf(hand, booking, event)] : [sch];
  const from = hand.hospital === 'RKE' ? 'SCHED' : 'CARECAST';
  return messageOf(hand, { kind: `SIU^${event}`, from, at, of: booking.id, segments, heldFor: held });
}

function detailsOf(hand: Hand, booking: Booking, event: string): string[] {
  const visit =
    booking.attendance === undefined || event !== 'S14' ? undefined : visitNumberOf(hand, booking.attendance);
  return [
    segment('PV1', {
      1: '1',
      2: 'O',
      3: placeIn(hand, booking.place),
      10: booking.specialty,
      16: markOf(hand, booking.labels),
      18: channels[hand.hospital][booking.channel],
      19: visit,
    }),
    segment('RGS', { 1: '1', 2: 'A' }),
    segment('AIS', { 1: '1', 2: 'A', 3: `^${wordsIn(booking.service)}`, 4: stamp(booking.start, hand.precision) }),
    segment('AIL', { 1: '1', 2: 'A', 3: placeIn(hand, booking.place) }),
    ...(booking.staff === undefined ? [] : [segment('AIP', { 1: '1', 2: 'A', 3: staffIn(booking.staff) })]),
  ];
}

/** PV1-18, as each hospital calls how somebody is seen. */
const channels = {
  RKE: { 'In-person': 'F2F', Telephone: 'TEL', Video: 'VID' },
  RRV: { 'In-person': 'ATTEND', Telephone: 'TELEPHONE', Video: 'VIDEO' },
} as const;

function cancelledIn({ hospital }: Hand, { cancelled }: Booking): string {
  if (cancelled === undefined) return '';
  const by = cancelled.by === 'person' ? 'PAT' : hospital === 'RKE' ? 'HOSP' : 'PROV';
  return parts(by, cancelled.reason);
}

function reasonIn({ reason }: Booking): string {
  if (reason === undefined) return '';
  return reason.code === undefined ? parts('', reason.text) : parts(reason.code, reason.text, 'SCT');
}

function visitNumberOf({ life }: Hand, event: string): string | undefined {
  const visit = life.happenings.find(({ id }) => id === event);
  return visit !== undefined && 'visitNumber' in visit ? visit.visitNumber : undefined;
}
