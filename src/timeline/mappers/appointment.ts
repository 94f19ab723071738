import type { Appointment } from 'fhir/r4';
import type { PartialDate } from '../../../fhir/partial-date.ts';
import { ukCoreExtension } from '../../../fhir/systems.ts';
import { type LookContext, nameOf, participantWords } from '../context.ts';
import { formatDateTime } from '../dates.ts';
import type { Entry, State } from '../entry.ts';
import { laneOf } from '../lane.ts';
import { concept, date, extension, firstConcept, items, keyOf, referenceKey, text } from '../read.ts';
import { sourceOf, statementOf } from '../source.ts';
import { channelWords, phrases, plainCase, titled } from '../words.ts';
import { placeUnder } from './place-words.ts';
import { timeCautions } from './times.ts';

/** A booking: ahead, kept, missed, cancelled, or over without a word on whether it was kept (misreading 6). */
export function mapAppointment(appointment: Appointment, context: LookContext): Entry {
  const start = date(appointment.start) ?? date(items(appointment.requestedPeriod)[0]?.start);
  const end = date(appointment.end);
  const state = stateOf(appointment, start, context.now);
  const people = peopleOf(appointment, context);
  const typeWords = [
    firstConcept(appointment.serviceType),
    firstConcept(appointment.serviceCategory),
    firstConcept(appointment.specialty),
    concept(appointment.appointmentType),
  ].filter((word) => word !== undefined);
  const { lane } = laneOf({
    source: sourceOf(appointment),
    classCode: undefined,
    typeWords: [...typeWords, ...[text(appointment.description)].filter((word) => word !== undefined)],
    placeWords: people.places,
    placeCodes: [],
  });
  const mentalHealth = lane === 'mental-health';
  const subject = mentalHealth ? 'mental health appointment' : subjectOf(appointment);
  const title = titleOf(appointment, state, subject);
  return {
    key: keyOf(appointment),
    kind: 'booking',
    lane,
    state,
    title,
    detail: phrases(
      ...people.places.map((place) => placeUnder(title, place)),
      people.staff,
      state === 'cancelled' ? cancelledWords(appointment, mentalHealth) : undefined,
      mentalHealth ? undefined : reasonOf(appointment, subject),
    ),
    facts: phrases(
      state === 'cancelled' && start !== undefined ? `originally for ${formatDateTime(start)}` : undefined,
      howWords(appointment, typeWords),
    ).slice(0, 3),
    cautions: cautionsOf(appointment, state),
    start,
    end,
    lasting: false,
    moves: [],
    children: [],
    statements: [statementOf(appointment)],
  };
}

function stateOf(appointment: Appointment, start: PartialDate | undefined, now: number): State {
  const status = text(appointment.status);
  if (status === 'cancelled') return 'cancelled';
  if (status === 'noshow') return 'missed';
  if (status === 'fulfilled' || status === 'arrived' || status === 'checked-in') {
    // What lies ahead cannot have been kept, whatever its status says.
    return start !== undefined && start.start > now ? 'planned' : 'closed';
  }
  if (start === undefined) return 'planned';
  // A booking with a time is over once it has begun; one with only a day, when the day is.
  const over = start.precision === 'time' ? start.start <= now : start.end <= now;
  return over ? 'unknown' : 'planned';
}

function titleOf(appointment: Appointment, state: State, subject: string | undefined): string {
  const status = text(appointment.status);
  if (state === 'cancelled') return titled('Cancelled', subject ?? 'appointment');
  if (state === 'missed') return `${titled('Missed', subject ?? 'appointment')} (not attended)`;
  if (state === 'closed') return titled('Appointment', subject);
  const asked = status === 'proposed' || status === 'waitlist' || status === 'pending';
  return titled(asked ? 'Asked for, not yet booked' : 'Booked', subject ?? 'appointment');
}

/** What the booking is for, in its writer's words; a clinic is called a clinic. */
function subjectOf(appointment: Appointment): string | undefined {
  const service = firstConcept(appointment.serviceType);
  const specialty = firstConcept(appointment.specialty);
  if (service !== undefined) return plainCase(service);
  if (specialty !== undefined) return plainCase(/clinic|service/i.test(specialty) ? specialty : `${specialty} clinic`);
  return (
    text(appointment.description) ??
    firstConcept(appointment.reasonCode) ??
    firstConcept(appointment.serviceCategory) ??
    concept(appointment.appointmentType)
  );
}

function reasonOf(appointment: Appointment, subject: string | undefined): string | undefined {
  const reason = firstConcept(appointment.reasonCode);
  return reason === undefined || reason === subject ? undefined : `Reason: ${reason}`;
}

function peopleOf(appointment: Appointment, context: LookContext) {
  const places: string[] = [];
  let staff: string | undefined;
  for (const participant of items(appointment.participant)) {
    const type = referenceKey(participant.actor)?.split('/')[0] ?? text(participant.actor?.type);
    if (type === 'Patient' || type === 'RelatedPerson') continue;
    const name = nameOf(participant.actor, appointment, context);
    if (type === 'Location' || type === 'HealthcareService' || type === 'Organization') {
      if (name !== undefined) places.push(name);
    } else if (type === 'Practitioner' || type === 'PractitionerRole') {
      staff ??= participantWords(participant.actor, firstConcept(participant.type), appointment, context);
    }
  }
  return { places, staff };
}

function cancelledWords(appointment: Appointment, mentalHealth: boolean): string {
  const reason = concept(appointment.cancelationReason);
  if (reason === undefined) return 'Why cancelled: not recorded';
  return mentalHealth ? 'Reason not shown here' : `Why cancelled: ${reason}`;
}

function howWords(appointment: Appointment, typeWords: readonly string[]): string | undefined {
  const channel = concept(extension(appointment, `${ukCoreExtension}DeliveryChannel`)?.valueCodeableConcept);
  if (channel !== undefined) return channelWords(channel);
  const words = typeWords.join(' | ');
  if (/video/i.test(words)) return 'video';
  if (/telephone|phone/i.test(words)) return 'phone';
  return /home visit/i.test(words) ? 'at home' : undefined;
}

function cautionsOf(appointment: Appointment, state: State): string[] {
  const status = text(appointment.status);
  const cautions: string[] = [];
  if (state === 'unknown') cautions.push('Not known if attended');
  if (state === 'planned' && ['fulfilled', 'arrived', 'checked-in', 'noshow'].includes(status ?? '')) {
    cautions.push(`Marked as ${status === 'fulfilled' ? 'kept' : 'arrived'}, but its date lies ahead`);
  }
  const period = { start: appointment.start, end: appointment.end };
  return [...cautions, ...timeCautions(period, items(appointment.requestedPeriod)[0]?.start)];
}
