import { dayAt, minute, officeDay } from '../clock.ts';
import type { Telling } from '../life.ts';
import { clinicVisitAt } from '../stories/clinics.ts';
import { problems, reasons, term } from '../vocabulary.ts';

export function bookings(t: Telling): void {
  const { now } = t;
  clinicVisitAt(t, dayAt(officeDay(dayAt(now, 16)), 0, 10, 20), {
    hospital: 'RKE',
    specialty: '110',
    reason: problems.hipFracture,
  });
  clinicVisitAt(t, dayAt(officeDay(dayAt(now, 30)), 0, 14, 0), {
    hospital: 'RRV',
    specialty: '130',
    reason: problems.cataract,
  });
  clinicVisitAt(t, dayAt(officeDay(dayAt(now, 58)), 0, 9, 40), {
    hospital: 'RKE',
    specialty: '430',
    reason: reasons.fall,
    channel: 'Video',
  });
  clinicVisitAt(t, dayAt(officeDay(dayAt(now, -24)), 0, 11, 30), {
    hospital: 'RRV',
    specialty: '130',
    reason: problems.cataract,
    status: 'booked',
  });
  clinicVisitAt(t, dayAt(officeDay(dayAt(now, -65)), 0, 15, 10), {
    hospital: 'RKE',
    specialty: '120',
    reason: term('Hearing loss'),
    status: 'cancelled',
    cancelled: { by: 'service', reason: 'Clinic cancelled, new date to follow' },
  });
  clinicVisitAt(t, dayAt(officeDay(dayAt(now, -92)), 0, 10, 0), {
    hospital: 'RRV',
    specialty: '320',
    reason: problems.heartFailure,
    status: 'missed',
  });
  const review = dayAt(officeDay(dayAt(now, 4)), 0, 9, 30);
  t.tell({
    kind: 'booking',
    organisation: t.person.practice,
    service: 'GP appointment',
    place: `${t.person.practice}-surgery`,
    staff: t.person.usualGp,
    channel: 'In-person',
    booked: dayAt(now, -1, 9, 12),
    status: 'booked',
    reason: reasons.medication,
    start: review,
    end: review + 10 * minute,
  });
}
