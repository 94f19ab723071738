import { date } from '../../../../borough/clock.ts';
import type { GpContact, HappeningOf } from '../../../../borough/happenings.ts';
import { organisationOf } from '../../../../borough/places.ts';
import { isReported, numberOf } from '../../entered.ts';
import { consultationGuid, entry, filedIn, observationGuid, partial, slotGuid, userGuid, type Chart } from './cells.ts';

/** What a practice's staff pick as the consultation's source. */
const sources: Record<GpContact['mode'], string> = {
  surgery: 'GP Surgery',
  nurse: 'Practice nurse consultation',
  phone: 'Telephone consultation',
  video: 'Video consultation',
  home: 'Home visit note',
  online: 'Online consultation',
};

/** Contacts with the practice, each with what was coded in it and what came of it in the clinician's words. */
export function writeContacts(chart: Chart): void {
  const { life, asAt } = chart;
  for (const contact of life.happenings) {
    if (contact.kind !== 'gp' || contact.start > asAt) continue;
    const booking = life.happenings.find((other) => other.kind === 'booking' && other.attendance === contact.id);
    const omitted = contact.recorded?.omit ?? [];
    const when = omitted.includes('period')
      ? partial(undefined)
      : contact.recorded?.start === undefined
        ? { EffectiveDatePrecision: 'YMDT' }
        : partial(contact.recorded.start);
    writeConsultation(chart, contact.id, {
      ...entry(chart, { at: contact.start, entered: contact.end, staff: contact.staff, labels: contact.labels }),
      ...when,
      ...(contact.recorded?.unknownStaff === true ? { ClinicianUserInRoleGuid: userGuid('left-before-2016') } : {}),
      AppointmentSlotGuid: booking === undefined ? undefined : slotGuid(booking.id),
      ConsultationSourceTerm: omitted.includes('type') ? undefined : sources[contact.mode],
    });
    if (!omitted.includes('reason')) {
      writeFinding(chart, contact.id, {
        ...entry(chart, { at: contact.start, entered: contact.end, staff: contact.staff, labels: contact.labels }),
        ...when,
        CodeId: chart.ledger.code(contact.reason),
        AssociatedText: contact.outcome,
      });
    }
  }
}

/** What others did that the practice's staff entered from a letter; only the day, and the number where the letter quoted it. */
export function writeEntered(chart: Chart): void {
  const { life, asAt } = chart;
  for (const letter of life.happenings) {
    if (letter.kind !== 'letter' || !isEntered(letter, asAt)) continue;
    const event = life.happenings.find(({ id }) => id === letter.about);
    const filed = letter.filed;
    if (!isReported(event) || filed?.entry === undefined) continue;
    const when = partial(filed.entry.start);
    const id = `${event.id}-entered`;
    const diagnosis =
      event.kind === 'stay' ? event.diagnoses[0] : event.kind === 'emergency' ? event.diagnosis : undefined;
    const common = { ...entry(chart, { at: event.start, entered: filed.at, labels: event.labels }), ...when };
    writeConsultation(chart, id, { ...common, ConsultationSourceTerm: 'Externally Entered' });
    const number = filed.entry.quotesVisitNumber ? ` Number ${numberOf(event).value ?? ''}` : '';
    writeFinding(chart, id, {
      ...common,
      CodeId: chart.ledger.code(diagnosis?.term ?? event.reason),
      AssociatedText: `From ${organisationOf(letter.from).name}, ${date(letter.start)}.${number}`,
    });
  }
}

function isEntered({ filed, tellers }: HappeningOf<'letter'>, asAt: number): boolean {
  return filed?.entry !== undefined && filed.at <= asAt && tellers.includes('emis');
}

function writeConsultation(chart: Chart, event: string, row: Readonly<Record<string, string | undefined>>): void {
  const id = consultationGuid(event);
  chart.consultations.add(event);
  chart.ledger.put('CareRecord_Consultation', id, { ...row, ConsultationGuid: id, Complete: 'true' });
}

function writeFinding(chart: Chart, event: string, row: Readonly<Record<string, string | undefined>>): void {
  const id = observationGuid(`${event} reason`);
  chart.ledger.put('CareRecord_Observation', id, {
    ...row,
    ...filedIn(chart, event),
    ObservationGuid: id,
    ObservationType: 'Observation',
  });
}
