import type { Appointment } from 'fhir/r4';
import type { CaseExport } from './case-export.ts';
import type { Contact } from './contacts.ts';
import { readXsTime } from './stated-time.ts';
import type { ToldCase } from './told-case.ts';

const minute = 60_000;

/** What Adastra says of an appointment; `None` is that nobody said anything yet (misreading 6). */
const statuses: Record<string, Appointment['status']> = {
  None: 'booked',
  Arrived: 'arrived',
  DidNotAttend: 'noshow',
  Cancelled: 'cancelled',
};

/** The latest appointment of a case; earlier ones are not in the export. It states no end, and none is made up. */
export function caseAppointment(told: ToldCase, contacts: readonly Contact[]): Appointment | undefined {
  const stated = told.export?.said.appointment;
  if (stated === undefined) return undefined;
  const start = readXsTime(stated.time ?? '');
  if (start.doubt !== undefined) told.doubts.add(start.doubt);
  const status = statuses[stated.status ?? 'None'];
  if (status === undefined) told.doubts.add('An appointment status that the hub does not know: told as booked');
  const kept = keptBy(stated, contacts);
  return {
    resourceType: 'Appointment',
    id: `${told.key}-appointment`,
    status: status ?? 'booked',
    serviceType: [{ text: 'Out-of-hours appointment' }],
    reasonCode: told.export?.said.symptoms === undefined ? undefined : [{ text: told.export.said.symptoms }],
    description: 'Out-of-hours appointment',
    start: start.value !== undefined && start.value.length > 10 ? start.value : undefined,
    requestedPeriod: start.value?.length === 10 ? [{ start: start.value }] : undefined,
    participant: [
      { actor: told.patient, required: 'required', status: 'accepted' },
      ...(stated.place === undefined
        ? []
        : [{ actor: { type: 'Location', display: stated.place }, status: 'accepted' as const }]),
    ],
    comment:
      kept === undefined || status !== 'noshow' ? undefined : 'A consultation was recorded for this time all the same.',
  };
}

/**
 * The visit that kept an appointment: the nearest one seen in person, from an hour before to six hours after it, unless the
 * appointment was cancelled or missed.
 */
export function keptBy(stated: CaseExport['appointment'], contacts: readonly Contact[]): Contact | undefined {
  const at = readXsTime(stated?.time ?? '').instant;
  if (at === undefined) return undefined;
  return contacts
    .filter(({ how, start }) => {
      const after = (start.instant ?? Number.NaN) - at;
      return how !== 'call' && how !== '111' && after >= -60 * minute && after <= 360 * minute;
    })
    .sort((a, b) => Math.abs((a.start.instant ?? 0) - at) - Math.abs((b.start.instant ?? 0) - at))[0];
}
