import { day, hour, minute } from '../../../borough/clock.ts';
import type { Happening, Hospital } from '../../../borough/happenings.ts';
import type { Allergy } from '../../../borough/facts.ts';
import type { NativeMessage } from '../../native.ts';
import { adtMessage } from './adt-message.ts';
import { deathKnown, type PatientOffice } from './adt-person.ts';
import { stayMessages } from './adt-stays.ts';
import {
  communityMessages,
  emergencyMessages,
  mentalHealthMessages,
  outpatientMessages,
  visitFields,
} from './adt-visits.ts';
import { habitsOf } from './habits.ts';
import { oneIn } from './hand.ts';
import { components, segment } from './segments.ts';

/**
 * Everything a hospital's patient office sends of one person as ADT, and its habits: a message sent twice, one held in a
 * queue behind the next, a registration for the wrong person taken back (A11), a record made twice and merged later.
 * Nothing when the hospital never met them.
 */
export function adtMessages(office: PatientOffice): NativeMessage[] {
  const { life, hospital, asAt } = office;
  const events = life.happenings.filter((event) => tells(hospital, event));
  const [first] = events;
  if (first === undefined) return [];
  const met = Math.min(asAt, ...events.map((event) => (event.kind === 'booking' ? event.booked : event.start)));
  const messages = [
    adtMessage(office, { event: 'A28', at: met - minute, of: 'person' }),
    ...events.filter((event) => event.start <= asAt).flatMap((event) => [...messagesOf(office, event)]),
    ...allergyMessages(office, met),
    ...deathMessages(office),
    ...wrongRegistration(office, events),
    ...secondRecord(office, met),
  ];
  return inTransit(messages.filter(({ at }) => at <= asAt));
}

function tells(hospital: Hospital, event: Happening): boolean {
  if (event.kind === 'emergency' || event.kind === 'stay' || event.kind === 'outpatient') {
    return event.hospital === hospital;
  }
  if (event.kind === 'booking') return event.organisation === hospital;
  return hospital === 'RKE' && (event.kind === 'community' || event.kind === 'mental-health');
}

function* messagesOf(office: PatientOffice, event: Happening): Generator<NativeMessage> {
  if (event.kind === 'stay') yield* stayMessages(office, event);
  if (event.kind === 'emergency') yield* emergencyMessages(office, event);
  if (event.kind === 'outpatient') yield* outpatientMessages(office, event);
  if (event.kind === 'community') yield* communityMessages(office, event);
  if (event.kind === 'mental-health') yield* mentalHealthMessages(office, event);
}

/** The whole list again (A31) whenever an allergy is added. */
function* allergyMessages(office: PatientOffice, met: number): Generator<NativeMessage> {
  const { hospital, life, asAt } = office;
  const known = life.allergies
    .filter(({ tellers, stated }) => tellers.includes(habitsOf(hospital).source) && stated <= asAt)
    .sort((a, b) => a.stated - b.stated);
  for (const [index, { stated }] of known.entries()) {
    const more = known.slice(0, index + 1).map(allergyIn);
    yield adtMessage(office, { event: 'A31', at: Math.max(met, stated), of: `allergies ${index}`, more });
  }
}

function allergyIn({ substance, reaction, severe }: Allergy, index: number): string {
  const { code, text } = substance ?? { code: '716186003', text: 'No known allergies' };
  return segment('AL1', {
    1: String(index + 1),
    2: substance === undefined ? '' : 'DA',
    3: components(code, text, code === undefined ? '' : 'SCT'),
    4: severe === true ? 'SV' : '',
    5: components(reaction?.text),
  });
}

function* deathMessages(office: PatientOffice): Generator<NativeMessage> {
  const known = deathKnown(office);
  if (known !== undefined) yield adtMessage(office, { event: 'A31', at: known, of: 'death' });
}

/** Somebody of a like name is at the desk: admitted under this number, and taken back when it is noticed. */
function* wrongRegistration(office: PatientOffice, events: readonly Happening[]): Generator<NativeMessage> {
  const { hospital, life } = office;
  const emergency = events.find((event) => event.kind === 'emergency');
  if (emergency?.kind !== 'emergency' || !oneIn(9, `wrong person/${life.person.key}`)) return;
  const start = emergency.start + 40 * day;
  if (start + hour > Math.min(office.asAt, life.person.death?.at ?? Infinity)) return;
  const visit = { visitNumber: `9${emergency.visitNumber}`, start, staff: emergency.staff };
  const pv1 = visitFields(office, visit, { 2: 'E', 3: habitsOf(hospital).place(`${hospital}-ED`), 10: '180' });
  yield adtMessage(office, { event: 'A04', at: start + 2 * minute, occurred: start, of: visit.visitNumber, pv1 });
  yield adtMessage(office, { event: 'A11', at: start + 25 * minute, of: visit.visitNumber, pv1 });
}

/** A record made twice at the desk, and made one again by the office on the next day. */
function* secondRecord(office: PatientOffice, met: number): Generator<NativeMessage> {
  const { hospital, life, mrn, asAt } = office;
  if (met + day > asAt || !oneIn(25, `second record/${hospital}/${life.person.key}`)) return;
  const habits = habitsOf(hospital);
  const second = `${mrn}9`;
  yield adtMessage(office, { event: 'A28', at: met + hour, of: 'second record', mrn: second });
  const more = [segment('MRG', { 1: habits.ownNumber(second) })];
  yield adtMessage(office, { event: habits.merge, at: met + day, of: 'merge', more });
}

/** As they arrive: now and then one twice, now and then one held in a queue until the next has gone. */
function inTransit(messages: readonly NativeMessage[]): NativeMessage[] {
  const sent = [...messages].sort((a, b) => a.at - b.at);
  return sent.flatMap((message, index) => {
    const next = sent[index + 1];
    const held =
      next !== undefined && oneIn(23, `late/${message.label}`) ? { ...message, at: next.at + minute } : message;
    return oneIn(31, `twice/${message.label}`) ? [held, { ...held, at: held.at + 3 * minute }] : [held];
  });
}
