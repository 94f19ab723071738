import { date, minute } from '../../../../borough/clock.ts';
import type { Booking } from '../../../../borough/happenings.ts';
import { clock, organisationGuid, patientGuid, slotGuid, userGuid, type Chart } from './cells.ts';
import { guid } from './guid.ts';

/**
 * The practice's bookings as slots of its sessions. EMIS has no cancelled appointment: a slot that was given up is free again.
 * @param givenUp whether cancelled bookings have been given up by now
 */
export function writeSlots(chart: Chart, givenUp: boolean): void {
  for (const booking of chart.life.happenings) {
    if (booking.kind !== 'booking' || booking.organisation !== chart.practice || booking.booked > chart.asAt) continue;
    const session = writeSession(chart, booking);
    const id = slotGuid(booking.id);
    const over = booking.start <= chart.asAt;
    const seen = over && booking.status === 'kept';
    const free = booking.status === 'cancelled' && givenUp;
    const minutes = booking.end === undefined ? 10 : Math.round((booking.end - booking.start) / minute);
    chart.ledger.put('Appointment_Slot', id, {
      SlotGuid: id,
      AppointmentDate: date(booking.start),
      AppointmentStartTime: clock(booking.start),
      PlannedDurationInMinutes: String(minutes),
      PatientGuid: free ? undefined : patientGuid(chart.life.person.key),
      SendInTime: seen ? clock(booking.start + 3 * minute) : undefined,
      LeftTime: seen ? clock(booking.start + (3 + minutes) * minute) : undefined,
      DidNotAttend: over && booking.status === 'missed' ? 'true' : 'false',
      OrganisationGuid: organisationGuid(chart.practice),
      SessionGuid: session,
      Deleted: 'false',
    });
  }
}

/** One clinician's surgery of one kind on one day. */
function writeSession({ practice, ledger }: Chart, { start, service, staff, place }: Booking): string {
  const id = guid(`session ${practice} ${date(start)} ${service} ${staff ?? ''}`);
  ledger.put('Appointment_Session', id, {
    AppointmentSessionGuid: id,
    Description: service,
    LocationGuid: guid(`location ${place}`),
    SessionTypeDescription: 'Timed',
    StartDate: date(start),
    StartTime: '08:00:00',
    EndDate: date(start),
    EndTime: '18:30:00',
    Private: 'false',
    OrganisationGuid: organisationGuid(practice),
    Deleted: 'false',
  });
  if (staff !== undefined) {
    const user = userGuid(staff);
    ledger.put('Appointment_SessionUser', `${id} ${user}`, { SessionGuid: id, UserInRoleGuid: user, Deleted: 'false' });
  }
  return id;
}
