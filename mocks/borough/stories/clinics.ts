import { day, dayAt, minute, officeDay } from '../clock.ts';
import type { Label, Term } from '../facts.ts';
import type { Channel, Hospital, Letter } from '../happenings.ts';
import type { Telling } from '../life.ts';
import { specialties } from '../places.ts';
import { professionalOf, spokenName } from '../professionals.ts';
import { systemOf, writtenAs } from './hospital.ts';

export interface Clinic {
  hospital: Hospital;
  specialty: string;
  reason: Term;
  channel?: Channel;
  status?: 'kept' | 'missed' | 'booked' | 'cancelled';
  cancelled?: { by: 'person' | 'service'; reason: string };
  outcome?: '1' | '2' | '3';
  letter?: boolean;
  labels?: readonly Label[];
  text?: string;
  /** How the hospital holds the letter, where the story says. */
  written?: Pick<Letter, 'form' | 'table'>;
  weeksAhead?: number;
}

/** An outpatient booking and, where it was kept, the attendance and its letter. In the future it stays a booking. */
export function clinicVisit(t: Telling, around: number, c: Clinic): { booking: string; visit?: string } {
  const { random } = t;
  const start = dayAt(officeDay(around), 0, random.int(9, 16), random.int(0, 5) * 10);
  return clinicVisitAt(t, start, c);
}

export function clinicVisitAt(t: Telling, start: number, c: Clinic): { booking: string; visit?: string } {
  const status = start >= t.now ? (c.status === 'cancelled' ? 'cancelled' : 'booked') : (c.status ?? 'kept');
  const staff = `${c.hospital}-${c.specialty}`;
  const channel = c.channel ?? 'In-person';
  const name = specialties.get(c.specialty) ?? 'Outpatients';
  const visit =
    status === 'kept'
      ? t.tell({
          kind: 'outpatient',
          hospital: c.hospital,
          visitNumber: t.number(),
          specialty: c.specialty,
          clinic: `${c.hospital}-clinic-${c.specialty}`,
          staff,
          channel,
          reason: c.reason,
          outcome: c.outcome ?? t.random.pick(['1', '2', '3'] as const),
          start: start + 10 * minute,
          end: start + 35 * minute,
          labels: c.labels,
        })
      : undefined;
  const booking = t.tell({
    kind: 'booking',
    organisation: c.hospital,
    specialty: c.specialty,
    service: `${name} clinic`,
    place: `${c.hospital}-clinic-${c.specialty}`,
    staff,
    channel,
    booked: officeDay(Math.min(start, t.now) - (c.weeksAhead ?? t.random.int(3, 12)) * 7 * day),
    status,
    cancelled: c.cancelled,
    attendance: visit,
    reason: c.reason,
    start,
    end: start + 30 * minute,
    labels: c.labels,
  });
  if (visit !== undefined && c.letter !== false) {
    t.tell({
      kind: 'letter',
      from: c.hospital,
      title: `${name} clinic letter`,
      text:
        c.text ??
        `Seen in the ${name.toLowerCase()} clinic about ${c.reason.text.toLowerCase()} by ${spokenName(professionalOf(staff))}. Plan discussed and agreed.`,
      author: staff,
      about: visit,
      tellers: [systemOf[c.hospital], 'emis'],
      filed: { at: officeDay(start + 9 * day) },
      ...writtenAs(t.random.chance(0.3), c.written),
      start: dayAt(start, 2, 16, 0),
    });
  }
  return { booking, visit };
}
