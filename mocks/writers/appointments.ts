import type { Appointment } from 'fhir/r4';
import { dateTime } from '../borough/clock.ts';
import type { Booking } from '../borough/happenings.ts';
import { specialties } from '../borough/places.ts';
import { concept, ukCore, ukCoreExtra } from './codes.ts';
import { metaOf, placeReference, staffReference, type Pen } from './pen.ts';

/**
 * Bookings with this organisation: planned ones are never Encounters (Interweave). A past one that nobody said was kept
 * stays `booked` (misreading 6); the attendance points back here from Encounter.appointment.
 */
export function writeAppointments(pen: Pen): void {
  for (const booking of pen.life.happenings) {
    if (booking.kind !== 'booking' || booking.organisation !== pen.organisation || booking.booked > pen.asAt) continue;
    pen.add(appointmentOf(pen, booking));
  }
}

function appointmentOf(pen: Pen, booking: Booking): Appointment {
  const status = { booked: 'booked', kept: 'fulfilled', cancelled: 'cancelled', missed: 'noshow' }[
    booking.status
  ] as Appointment['status'];
  const specialty = booking.specialty === undefined ? undefined : specialties.get(booking.specialty);
  return {
    resourceType: 'Appointment',
    id: booking.id,
    ...metaOf(booking.labels),
    extension: [ukCoreExtra('DeliveryChannel', ukCore('DeliveryChannel', booking.channel, booking.channel))],
    status,
    cancelationReason:
      booking.cancelled === undefined
        ? undefined
        : {
            coding: [
              {
                system: 'http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason',
                code: booking.cancelled.by === 'person' ? 'pat' : 'prov',
                display: booking.cancelled.by === 'person' ? 'Patient' : 'Provider',
              },
            ],
            text: booking.cancelled.reason,
          },
    serviceType: [{ text: booking.service }],
    specialty:
      specialty === undefined ? undefined : [ukCore('PracticeSettingCode', booking.specialty ?? '', specialty)],
    appointmentType: {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/v2-0276', code: 'ROUTINE', display: 'Routine appointment' },
      ],
    },
    reasonCode: booking.reason === undefined ? undefined : [concept(booking.reason)],
    description: booking.service,
    start: dateTime(booking.start),
    end: booking.end === undefined ? undefined : dateTime(booking.end),
    created: dateTime(booking.booked),
    participant: [
      {
        actor: pen.patient,
        required: 'required',
        status: booking.status === 'cancelled' && booking.cancelled?.by === 'person' ? 'declined' : 'accepted',
      },
      ...(booking.staff === undefined ? [] : [{ actor: staffReference(booking.staff), status: 'accepted' as const }]),
      { actor: placeReference(booking.place), status: 'accepted' },
    ],
  };
}
