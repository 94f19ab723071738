import { date, dateTime } from '../../../../borough/clock.ts';
import type { Label } from '../../../../borough/facts.ts';
import type { Life } from '../../../../borough/truth.ts';
import { guid } from './guid.ts';
import type { CsvRow, Ledger } from './ledger.ts';

/** One person's record being written down as it stands at one moment. */
export interface Chart {
  life: Life;
  /** Nothing later than this is known. Epoch milliseconds. */
  asAt: number;
  /** ODS code. */
  practice: string;
  ledger: Ledger;
  /** Contacts that have a consultation in this record: entries may be filed in them. */
  consultations: Set<string>;
}

export function patientGuid(key: string): string {
  return guid(`patient ${key}`);
}

export function consultationGuid(event: string): string {
  return guid(`consultation ${event}`);
}

export function observationGuid(fact: string): string {
  return guid(`observation ${fact}`);
}

export function drugGuid(medicine: string): string {
  return guid(`drug ${medicine}`);
}

export function slotGuid(booking: string): string {
  return guid(`slot ${booking}`);
}

export function userGuid(staff: string): string {
  return guid(`user ${staff}`);
}

export function organisationGuid(ods: string): string {
  return guid(`organisation ${ods}`);
}

/** `HH:mm:ss` on London's clock. */
export function clock(instant: number): string {
  return dateTime(instant).slice(11, 19);
}

/** What the rows of a record have in common. The extract has columns for days only, whatever precision it states. */
export function entry(
  chart: Chart,
  { at, entered, staff, labels }: { at: number; entered?: number; staff?: string; labels?: readonly Label[] },
): CsvRow {
  const user = staff === undefined ? undefined : userGuid(staff);
  return {
    PatientGuid: patientGuid(chart.life.person.key),
    OrganisationGuid: organisationGuid(chart.practice),
    EffectiveDate: date(at),
    EffectiveDatePrecision: 'YMD',
    EnteredDate: date(entered ?? at),
    EnteredTime: clock(entered ?? at),
    ClinicianUserInRoleGuid: user,
    ClinicanUserInRoleGuid: user,
    EnteredByUserInRoleGuid: user,
    Deleted: 'false',
    // EMIS knows one kind of confidential.
    IsConfidential: labels === undefined || labels.length === 0 ? 'false' : 'true',
  };
}

/** A date of any precision, as a FHIR text, in two columns. */
export function partial(text: string | undefined): CsvRow {
  if (text === undefined) return { EffectiveDate: undefined, EffectiveDatePrecision: 'U' };
  const day = text.slice(0, 10);
  const precision = { 4: 'Y', 7: 'YM', 10: text.length > 10 ? 'YMDT' : 'YMD' }[day.length] ?? 'U';
  return {
    EffectiveDate: day.length === 4 ? `${day}-01-01` : day.length === 7 ? `${day}-01` : day,
    EffectiveDatePrecision: precision,
  };
}

/** The consultation that an entry belongs to, where there is one in this record. */
export function filedIn(chart: Chart, event: string | undefined): CsvRow {
  return event !== undefined && chart.consultations.has(event) ? { ConsultationGuid: consultationGuid(event) } : {};
}
