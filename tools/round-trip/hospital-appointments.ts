import type { Appointment, FhirResource } from 'fhir/r4';
import { dateTime } from '../../mocks/borough/clock.ts';
import type { HappeningOf } from '../../mocks/borough/happenings.ts';
import { placeOf } from '../../mocks/borough/places.ts';
import { professionalOf, spokenName } from '../../mocks/borough/professionals.ts';
import type { Hand } from '../../mocks/writers/hospital/native/hand.ts';
import type { Compared } from './adastra.ts';
import { labelsTold, sameAs } from './hospital-same.ts';

type Booking = HappeningOf<'booking'>;

/** Every booking of a person with this hospital against what the hub holds of it, item by item. */
export function compareAppointments(hand: Hand, resources: readonly FhirResource[]): Compared[] {
  const told = resources.filter((each): each is Appointment => each.resourceType === 'Appointment');
  const bookings = hand.life.happenings.filter(
    (each): each is Booking =>
      each.kind === 'booking' && each.organisation === hand.hospital && each.booked <= hand.asAt,
  );
  return [
    ...bookings.flatMap((booking) => compareBooking(booking, told, hand)),
    {
      item: 'booking: none that was never made',
      lost: told.length === bookings.length ? undefined : 'another number of bookings',
    },
  ];
}

function compareBooking(booking: Booking, all: readonly Appointment[], hand: Hand): Compared[] {
  const told = all.find(({ identifier }) => identifier?.[0]?.value === `${hand.hospital}-${booking.id}`);
  const names = told?.participant.map(({ actor }) => actor?.display) ?? [];
  const channel = told?.extension?.find(({ url }) => url.endsWith('DeliveryChannel'));
  const visit = hand.life.happenings.find(({ id }) => id === booking.attendance);
  const cancelled = told?.cancelationReason;
  const status = { booked: 'booked', kept: 'fulfilled', cancelled: 'cancelled', missed: 'noshow' }[booking.status];
  return [
    sameAs('booking: what became of it', status, told?.status, whyNotYet(booking, hand)),
    sameAs('booking: start', dateTime(booking.start), told?.start),
    sameAs('booking: end', booking.end === undefined ? undefined : dateTime(booking.end), told?.end),
    sameAs('booking: service', booking.service, told?.serviceType?.[0]?.text),
    sameAs('booking: specialty', booking.specialty, told?.specialty?.[0]?.coding?.[0]?.code),
    sameAs('booking: reason in words', booking.reason?.text, told?.reasonCode?.[0]?.text),
    sameAs('booking: reason as a code', booking.reason?.code, told?.reasonCode?.[0]?.coding?.[0]?.code),
    sameAs('booking: how seen', booking.channel, channel?.valueCodeableConcept?.text),
    sameAs('booking: where', placeOf(booking.place).name, names.at(-1)),
    ...(booking.staff === undefined
      ? []
      : [sameAs('booking: with whom', spokenName(professionalOf(booking.staff)), names[1])]),
    sameAs('booking: when it was made', booking.booked, Date.parse(told?.created ?? '')),
    ...(booking.cancelled === undefined
      ? []
      : [
          sameAs('booking: why cancelled', booking.cancelled.reason, cancelled?.text),
          sameAs(
            'booking: who cancelled',
            booking.cancelled.by === 'person' ? 'pat' : 'prov',
            cancelled?.coding?.[0]?.code,
          ),
        ]),
    ...(visit === undefined || !('visitNumber' in visit)
      ? []
      : [
          sameAs(
            'booking: its visit',
            `Encounter/${hand.mrn}-visit-${visit.visitNumber}`,
            told?.supportingInformation?.[0]?.reference,
            whyNotYet(booking, hand),
          ),
        ]),
    labelsTold('booking: labels', booking.labels, told),
  ];
}

/** A hospital says that somebody came, or did not, some time after. */
function whyNotYet({ start, end = start }: Booking, { asAt }: Hand): string | undefined {
  return Math.max(start, end) + 3_600_000 > asAt ? 'habit: said an hour later' : undefined;
}
