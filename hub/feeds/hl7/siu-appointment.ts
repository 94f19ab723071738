import type { Appointment, AppointmentParticipant, CodeableConcept, Extension } from 'fhir/r4';
import { conceptOf, hl7Code, localIdentifier, ukCore, ukCoreExtra } from './concepts.ts';
import type { Dialect } from './dialect.ts';
import { lookUp } from './look-up.ts';
import { securityOf } from './labels.ts';
import type { Message } from './message.ts';
import { appointmentId, encounterId } from './own-ids.ts';
import { sensitivitiesOf } from './sensitivity.ts';
import type { Booking } from './siu-fold.ts';
import { specialtyOf } from './specialties.ts';
import { placeIn, staffIn } from './siu-people.ts';
import { slotIn, timesOf } from './siu-times.ts';

/** Whose booking it is and how its sender writes. */
export interface Holder {
  subject: string;
  organisation: string;
  /** SCH-1, else SCH-2. */
  key: string;
  dialect: Dialect;
}

/** A booking as UK Core's Appointment, with what was odd about it. */
export function appointmentOf(booking: Booking, holder: Holder): { appointment: Appointment; doubts: string[] } {
  const { subject, organisation, key, dialect } = holder;
  const slot = booking.latest((message) => slotIn(message, dialect));
  const doubts = [slot?.start.doubt, slot?.end.doubt].filter((doubt) => doubt !== undefined);
  if (slot === undefined) doubts.push('A booking without a time');
  const concept = (name: string, field: number): CodeableConcept | undefined =>
    conceptOf(booking.last(name, field)?.values(field)[0], dialect.codeSystems);
  const [service, type, reason] = [concept('AIS', 3), concept('SCH', 8), concept('SCH', 7)];
  const [visit, comment] = [booking.at('PV1', 19), booking.latest(notesIn)];
  const specialty = specialtyOf(booking.at('PV1', 10), booking.at('PV1', 10, 2));
  const labels = sensitivitiesOf(booking.newest, dialect);
  const appointment: Appointment = {
    resourceType: 'Appointment',
    id: appointmentId(subject, key),
    ...(labels.length === 0 ? {} : { meta: { security: securityOf(labels) } }),
    ...channelOf(booking, dialect),
    identifier: [localIdentifier('appointment', `${organisation}-${key}`)],
    status: booking.status,
    ...(booking.status === 'cancelled' ? cancelledBecause(booking) : {}),
    ...(service === undefined ? {} : { serviceType: [service], description: service.text }),
    ...(specialty === undefined ? {} : { specialty: [specialty] }),
    ...(type === undefined ? {} : { appointmentType: type }),
    ...(reason === undefined ? {} : { reasonCode: [reason] }),
    ...(slot === undefined ? {} : timesOf(slot)),
    ...(booking.booked === undefined ? {} : { created: booking.booked }),
    ...(visit === '' ? {} : { supportingInformation: [{ reference: `Encounter/${encounterId(subject, visit)}` }] }),
    ...(comment === undefined ? {} : { comment }),
    participant: [personIn(booking, subject), ...staffIn(booking, organisation), ...placeIn(booking, dialect)],
  };
  return { appointment, doubts };
}

function personIn(booking: Booking, subject: string): AppointmentParticipant {
  const declined = booking.status === 'cancelled' && cancelledBy(booking) === 'pat';
  const status = declined ? 'declined' : 'accepted';
  return { actor: { reference: `Patient/${subject}` }, required: 'required', status };
}

/** SCH-6 of the message that cancelled it, in its words; who cancelled where that is stated. */
function cancelledBecause(booking: Booking): Pick<Appointment, 'cancelationReason'> {
  const why = booking.settledBy?.first('SCH');
  const text = why?.at(6, 2) || why?.at(6) || '';
  const by = cancelledBy(booking);
  if (by === undefined) return text === '' ? {} : { cancelationReason: { text } };
  const coded = hl7Code('appointment-cancellation-reason', by, by === 'pat' ? 'Patient' : 'Provider');
  return { cancelationReason: { ...coded, ...(text === '' ? {} : { text }) } };
}

const cancellers: Readonly<Record<string, 'pat' | 'prov'>> = {
  PAT: 'pat',
  PATIENT: 'pat',
  PROV: 'prov',
  PROVIDER: 'prov',
  HOSP: 'prov',
  HOSPITAL: 'prov',
};

function cancelledBy(booking: Booking): 'pat' | 'prov' | undefined {
  const code = booking.settledBy?.first('SCH')?.at(6).toUpperCase() ?? '';
  return lookUp(cancellers, code);
}

/** UK Core's DeliveryChannel, where the kind of visit (PV1-18) or of appointment (SCH-8) names one. */
function channelOf(booking: Booking, { patientTypes }: Dialect): { extension?: Extension[] } {
  const kind = booking.at('PV1', 18).toUpperCase();
  const channel =
    lookUp(patientTypes, kind)?.channel ??
    channelIn([1, 2].map((component) => booking.at('SCH', 8, component)).join(' '));
  if (channel === undefined) return {};
  return { extension: [ukCoreExtra('DeliveryChannel', ukCore('DeliveryChannel', channel, channel))] };
}

function channelIn(words: string): string | undefined {
  if (/video|tele-?medicine/i.test(words)) return 'Video';
  if (/tele?phone|\btel\b/i.test(words)) return 'Telephone';
  return /face.to.face|in.person|\bf2f\b/i.test(words) ? 'In-person' : undefined;
}

function notesIn(message: Message): string | undefined {
  const notes = message.all('NTE').map((note) => note.text(3));
  const text = notes.filter((note) => note !== '').join('\n');
  return text === '' ? undefined : text;
}
