import type { Appointment, AppointmentParticipant, Extension } from 'fhir/r4';
import { ukCoreExtension } from '../../../../fhir/systems.ts';
import type { JsonObject } from '../../../resource/json.ts';
import { concept, concepts, identifiers, period } from './datatypes.ts';
import { extension, objects, oneOf, some, whole, words } from './read.ts';
import type { Reading } from './reading.ts';
import { ukCoreCodes } from './systems.ts';

const statuses = [
  'proposed',
  'pending',
  'booked',
  'arrived',
  'fulfilled',
  'cancelled',
  'noshow',
  'entered-in-error',
] as const;

/** A booking at the practice (GPConnect-Appointment-1). A past one that nobody said was kept stays `booked` (misreading 6). */
export function appointment(sent: JsonObject, reading: Reading): Appointment {
  const why = words(extension(sent, 'AppointmentCancellationReason')?.['valueString']);
  return {
    resourceType: 'Appointment',
    id: reading.idOf(sent),
    extension: some([channel(sent), booker(sent, reading)]),
    identifier: identifiers(sent['identifier']),
    status: oneOf(sent['status'], statuses) ?? 'booked',
    cancelationReason: why === undefined ? undefined : { text: why },
    serviceCategory: concepts(sent['serviceCategory']),
    serviceType: concepts(sent['serviceType']),
    specialty: concepts(sent['specialty']),
    appointmentType: concept(sent['appointmentType']),
    reasonCode: concepts(sent['reason']),
    priority: whole(sent['priority']),
    description: words(sent['description']),
    start: words(sent['start']),
    end: words(sent['end']),
    minutesDuration: whole(sent['minutesDuration'], 1),
    created: words(sent['created']),
    comment: words(sent['comment']),
    participant: participants(sent, reading),
    requestedPeriod: some(objects(sent['requestedPeriod']).map(period)),
  };
}

function participants(sent: JsonObject, reading: Reading): AppointmentParticipant[] {
  const named = objects(sent['participant']).map((one): AppointmentParticipant => {
    const actor = reading.refer(one['actor']);
    return {
      type: concepts(one['type']),
      actor: actor?.reference?.startsWith('Patient/') === true ? reading.patient : actor,
      required: oneOf(one['required'], ['required', 'optional', 'information-only']),
      status: oneOf(one['status'], ['accepted', 'declined', 'tentative', 'needs-action']) ?? 'accepted',
    };
  });
  const hasPerson = named.some(({ actor }) => actor?.reference === reading.patient.reference);
  return hasPerson ? named : [{ actor: reading.patient, status: 'accepted' }, ...named];
}

function channel(sent: JsonObject): Extension | undefined {
  const code = words(extension(sent, 'DeliveryChannel')?.['valueCode']);
  if (code === undefined) return undefined;
  return {
    url: `${ukCoreExtension}DeliveryChannel`,
    valueCodeableConcept: { coding: [{ system: `${ukCoreCodes}DeliveryChannel`, code, display: code }], text: code },
  };
}

function booker(sent: JsonObject, reading: Reading): Extension | undefined {
  const booked = reading.refer(extension(sent, 'BookingOrganisation')?.['valueReference'], sent);
  return booked === undefined ? undefined : { url: `${ukCoreExtension}BookingOrganization`, valueReference: booked };
}
