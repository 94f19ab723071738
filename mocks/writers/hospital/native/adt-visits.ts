import { minute } from '../../../borough/clock.ts';
import type {
  CommunityVisit,
  Emergency,
  MentalHealthContact,
  Outpatient,
  Recording,
  Stay,
} from '../../../borough/happenings.ts';
import type { Label, Term } from '../../../borough/facts.ts';
import { mentalHealthTrustAt } from '../../../borough/places.ts';
import type { NativeMessage } from '../../native.ts';
import { adtMessage } from './adt-message.ts';
import type { PatientOffice } from './adt-person.ts';
import { diagnosesIn } from './adt-findings.ts';
import { habitsOf } from './habits.ts';
import { hl7Time } from './hl7.ts';
import { components, type Fields } from './segments.ts';

/** What every kind of visit states in PV1. */
export interface VisitHead {
  visitNumber: string;
  start: number;
  staff: string;
  labels?: readonly Label[];
  recorded?: Recording;
}

/** PV1 of a visit at one place. `class` is PV1-2. */
export function visitFields(office: PatientOffice, visit: VisitHead, rest: Fields & { 2: string; 3: string }): Fields {
  const habits = habitsOf(office.hospital);
  const { visitNumber, start, staff, labels = [], recorded } = visit;
  return {
    ...rest,
    2: recorded?.omit?.includes('class') === true ? '' : rest[2],
    7:
      recorded?.unknownStaff === true
        ? components('left-before-2016', 'Former Partner', '', '', '', 'Dr')
        : habits.staff(staff),
    16: habits.mark(labels),
    19: visitNumber,
    44: timeOf(office, start, 'start', recorded),
  };
}

/** PV1-44 or PV1-45, as badly as it was written down. */
export function timeOf(
  { hospital }: PatientOffice,
  instant: number,
  which: 'start' | 'end',
  recorded: Recording | undefined,
): string {
  if (recorded?.omit?.includes('period') === true) return '';
  const stated = recorded?.[which];
  if (stated === undefined) return hl7Time(instant, hospital);
  return stated
    .replace(/(?:Z|[+-]\d\d:\d\d)$/, '')
    .replaceAll(/\D/g, '')
    .slice(0, 14);
}

/** EVN-6, unless the record states no time of this event at all. */
export function statedTime(instant: number, recorded: Recording | undefined): number | undefined {
  return recorded?.omit?.includes('period') === true ? undefined : instant;
}

/** PV2-3. */
export function reasonField({ code, text }: Term, recorded?: Recording): string {
  if (recorded?.omit?.includes('reason') === true) return '';
  return components(code, text, code === undefined ? '' : 'SCT');
}

/** A visit to the emergency department: A04 at the desk, A03 when they have gone. */
export function* emergencyMessages(office: PatientOffice, visit: Emergency): Generator<NativeMessage> {
  const { id, hospital, start, outcome, diagnosis } = visit;
  const pv1 = visitFields(office, visit, { 2: 'E', 3: habitsOf(hospital).place(`${hospital}-ED`), 10: '180' });
  const pv2 = { 3: reasonField(visit.reason, visit.recorded) };
  yield adtMessage(office, {
    event: 'A04',
    at: start + 2 * minute,
    occurred: statedTime(start, visit.recorded),
    of: id,
    pv1,
    pv2,
  });
  const end = endOf(office, visit.end);
  if (end === undefined) return;
  const ended = { admitted: 'Admitted to this hospital', home: 'Home', left: 'Left before treatment was complete' };
  const gone: Fields = {
    ...pv1,
    37: components('', ended[outcome]),
    45: timeOf(office, end, 'end', visit.recorded),
  };
  const more = diagnosesIn(office.hospital, diagnosis === undefined ? [] : [diagnosis], visit.start);
  yield adtMessage(office, {
    event: 'A03',
    at: end + 5 * minute,
    occurred: statedTime(end, visit.recorded),
    of: id,
    pv1: gone,
    pv2,
    more,
  });
}

/** An outpatient attendance, told when it is over; the booking it came from in PV1-5. */
export function* outpatientMessages(office: PatientOffice, visit: Outpatient): Generator<NativeMessage> {
  const habits = habitsOf(visit.hospital);
  const booking = office.life.happenings.find((each) => each.kind === 'booking' && each.attendance === visit.id);
  yield* attendance(office, visit, visit.reason, {
    2: 'O',
    3: habits.place(visit.clinic),
    5: booking?.id ?? '',
    10: visit.specialty,
    18: habits.channel[visit.channel],
    36: visit.outcome ?? '',
  });
}

/** Community nurses' and therapists' visits, kept in the Whittington's system. */
export function* communityMessages(office: PatientOffice, visit: CommunityVisit): Generator<NativeMessage> {
  yield* attendance(office, visit, visit.reason, {
    2: 'O',
    3: habitsOf('RKE').place(visit.place === 'home' ? 'home' : 'RKE-community-clinic'),
    10: components('950', `Community nursing: ${visit.team}`),
    18: 'COMM',
  });
}

/** Contacts with the mental health trust, kept in the Whittington's system under the trust's own code. */
export function* mentalHealthMessages(office: PatientOffice, contact: MentalHealthContact): Generator<NativeMessage> {
  const trust = mentalHealthTrustAt(contact.start).ods;
  const [, ...place] = habitsOf('RKE').place('TAF-clinic').split('^');
  yield* attendance(office, contact, contact.reason, {
    2: 'O',
    3: contact.channel === 'In-person' ? [trust, ...place].join('^') : trust,
    10: components('710', `Mental health: ${contact.team}`),
    18: { 'In-person': 'MH', Telephone: 'MH-TEL', Video: 'MH-VID' }[contact.channel],
  });
}

function* attendance(
  office: PatientOffice,
  visit: VisitHead & { id: string; end?: number },
  reason: Term,
  fields: Fields & { 2: string; 3: string },
): Generator<NativeMessage> {
  const { id, start, recorded } = visit;
  const { 36: outcome = '', ...arriving } = fields;
  const pv1 = visitFields(office, visit, { ...arriving, 2: fields[2], 3: fields[3] });
  const pv2 = { 3: reasonField(reason, recorded) };
  yield adtMessage(office, {
    event: 'A04',
    at: start + minute,
    occurred: statedTime(start, recorded),
    of: id,
    pv1,
    pv2,
  });
  const end = endOf(office, visit.end);
  const after = (end ?? start) + 10 * minute;
  // Whoever was seen is closed at the end of the clinic, whether or not anybody wrote when they left.
  if (after > office.asAt) return;
  const left = end === undefined ? '' : timeOf(office, end, 'end', recorded);
  yield adtMessage(office, { event: 'A03', at: after, of: id, pv1: { ...pv1, 36: outcome, 45: left }, pv2 });
}

/** The end as far as the hospital knows it by now. */
export function endOf({ asAt }: PatientOffice, end: Stay['end']): number | undefined {
  return end !== undefined && end <= asAt ? end : undefined;
}
