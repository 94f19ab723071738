import type { Appointment, Reference } from 'fhir/r4';
import { dayAndTime, minutesLater } from './dates.ts';
import { count, guid, isTrue, type Row } from './row.ts';
import { head, list, oddDate, type Telling } from './told.ts';

/**
 * A slot that this person has or had. EMIS has no cancellation: the slot is given to nobody, or to somebody else, and from
 * then on names its former holder no more. That is told as cancelled, with no reason made up.
 */
export function appointment(telling: Telling, slot: string, row: Row): Appointment {
  const { subject, patient, words, rows } = telling;
  const session = words.session(guid(row['SessionGuid']));
  const start = dayAndTime(row['AppointmentDate'], row['AppointmentStartTime']);
  const timed = start?.includes('T') === true ? start : undefined;
  const minutes = count(row['PlannedDurationInMinutes']);
  const place = words.location(guid(session?.['LocationGuid']));
  const holder = words.holderOf(slot);
  const seen = rows.by('CareRecord_Consultation', 'AppointmentSlotGuid', slot).length > 0;
  const status = statusOf(row, seen);
  const givenUp = status === 'booked' && holder !== undefined && holder !== subject;
  return {
    resourceType: 'Appointment',
    ...head(appointmentId(slot, subject), row),
    identifier: [{ system: 'https://fhir.interweavedigital.nhs.uk/Id/local-appointment-identifier', value: slot }],
    status: givenUp ? 'cancelled' : status,
    cancelationReason: givenUp ? { text: 'Not recorded: the slot was given up' } : undefined,
    serviceType: list(text(session?.['Description'] ?? session?.['SessionTypeDescription'])),
    serviceCategory: list(text(session?.['SessionCategoryDisplayName'])),
    description: session?.['Description'],
    // FHIR takes an instant here; a slot without a time has only the day that was asked for.
    start: timed,
    end: timed === undefined || minutes === undefined ? undefined : minutesLater(timed, minutes),
    minutesDuration: minutes,
    requestedPeriod: timed === undefined && start !== undefined ? [{ start, end: start }] : undefined,
    comment: list(status === 'noshow' ? missedWhy(telling, row) : undefined, oddDate(row['AppointmentDate']))?.join(
      '. ',
    ),
    participant: [
      { actor: patient, required: 'required', status: 'accepted' },
      ...words.sessionStaff(guid(row['SessionGuid'])).map((actor) => ({ actor, status: 'accepted' as const })),
      ...(place === undefined ? [] : [{ actor: place, status: 'accepted' as const }]),
    ],
  };
}

/** Whether it was kept, as far as the practice wrote it down: it was missed, somebody was seen in it, or nobody knows (misreading 6). */
function statusOf(row: Row, seen: boolean): Appointment['status'] {
  if (isTrue(row['DidNotAttend'])) return 'noshow';
  if (row['LeftTime'] !== undefined || seen) return 'fulfilled';
  return row['SendInTime'] === undefined ? 'booked' : 'arrived';
}

function missedWhy({ words }: Telling, row: Row): string | undefined {
  const reason = guid(row['DnaReasonCodeId']);
  return reason === undefined ? undefined : `Not attended: ${words.concept(reason).text}`;
}

/** One slot can be several people's, one after another: each has an appointment of their own. */
function appointmentId(slot: string, subject: string): string {
  return `${slot.replaceAll('-', '')}${subject.replaceAll('-', '')}`.slice(0, 64);
}

/** The appointment of this person in a slot, where it is told too. */
export function appointmentReference({ rows, subject }: Telling, slot: string | undefined): Reference | undefined {
  if (slot === undefined || rows.one('Appointment_Slot', slot) === undefined) return undefined;
  return { reference: `Appointment/${appointmentId(slot, subject)}` };
}

function text(words: string | undefined): { text: string } | undefined {
  return words === undefined ? undefined : { text: words };
}
