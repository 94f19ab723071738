import { dateTime } from '../../../../borough/clock.ts';
import type { Booking } from '../../../../borough/happenings.ts';
import { slotGuid } from '../csv/cells.ts';
import { type Chart, mayLeave, lists, put, staff } from './chart.ts';
import { surgeryId } from './people.ts';
import { bare, reference } from './stu3.ts';

/** Bookings at the practice that are still to come: GP Connect tells of no others, and asks for them apart from the record. */
export function writeBookings(chart: Chart): void {
  for (const booking of chart.life.happenings) {
    if (booking.kind !== 'booking' || !isToCome(booking, chart)) continue;
    if (!mayLeave(chart, booking.labels, lists.other)) continue;
    put(chart, 'Appointment', bare(slotGuid(booking.id)), undefined, {
      extension: [
        {
          url: 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-GPConnect-DeliveryChannel-2',
          valueCode: booking.channel,
        },
      ],
      subject: undefined,
      status: 'booked',
      serviceType: [{ text: booking.service }],
      description: booking.service,
      start: dateTime(booking.start),
      end: dateTime(booking.end ?? booking.start + 600_000),
      created: dateTime(booking.booked),
      participant: [
        { actor: reference('Patient', chart.patient), status: 'accepted' },
        ...(booking.staff === undefined ? [] : [{ actor: staff(chart, booking.staff), status: 'accepted' }]),
        { actor: reference('Location', surgeryId(chart.practice)), status: 'accepted' },
      ],
    });
  }
}

function isToCome({ organisation, booked, start, status }: Booking, { practice, asAt }: Chart): boolean {
  return organisation === practice && booked <= asAt && start > asAt && status === 'booked';
}
