import type { Extension, Patient } from 'fhir/r4';
import { ukCoreExtension } from '../../fhir/systems.ts';
import type { PatientStatement } from './compose.ts';

/** UK Core: informal (1), formal from the registrar (2), removed (U). */
export const deathNotificationExtension = `${ukCoreExtension}DeathNotificationStatus`;

/**
 * On a composed Patient that is told to have died: one `source` (valueCode) for each source that says so, and
 * `confirmed` (valueBoolean): a formal notification, or two sources that say it independently (misreading 19).
 */
export const deathReportExtension = 'https://care-timeline.example/fhir/StructureDefinition/death-report';

/** What the sources together say of a person's death. */
export interface Death {
  deceasedBoolean: boolean | undefined;
  deceasedDateTime: string | undefined;
  extensions: Extension[];
}

/**
 * A death is kept as told, even by one source only, but marked with who told it and whether anything confirms it: the
 * app shows an unconfirmed one as a report and not as a fact (misreading 19). A source that removed its notification
 * (status U) tells no death. The formal source's date wins, then the first source's that states one.
 */
export function deathOf(statements: readonly PatientStatement[]): Death {
  const telling = statements.filter(({ patient }) => tellsDeath(patient));
  if (telling.length === 0) {
    const alive = statements.some(({ patient }) => patient.deceasedBoolean === false);
    return { deceasedBoolean: alive ? false : undefined, deceasedDateTime: undefined, extensions: [] };
  }
  const formal = telling.filter(({ patient }) => notificationStatus(patient) === '2');
  const date = [...formal, ...telling].find(({ patient }) => patient.deceasedDateTime !== undefined);
  const sources = [...new Set(telling.map(({ source }) => source))];
  const notification = [...formal, ...telling]
    .map(({ patient }) => patient.extension?.find((extension) => extension.url === deathNotificationExtension))
    .find((extension) => extension !== undefined);
  const report: Extension = {
    url: deathReportExtension,
    extension: [
      ...sources.map((source) => ({ url: 'source', valueCode: source })),
      { url: 'confirmed', valueBoolean: formal.length > 0 || sources.length > 1 },
    ],
  };
  const dateTime = date?.patient.deceasedDateTime;
  return {
    deceasedBoolean: dateTime === undefined ? true : undefined,
    deceasedDateTime: dateTime,
    extensions: notification === undefined ? [report] : [notification, report],
  };
}

/** Whether a composed Patient's death is a fact and not one source's report. */
export function isConfirmedDeath(patient: Patient): boolean {
  const report = patient.extension?.find((extension) => extension.url === deathReportExtension);
  return report?.extension?.some((part) => part.url === 'confirmed' && part.valueBoolean === true) ?? false;
}

function tellsDeath(patient: Patient): boolean {
  const status = notificationStatus(patient);
  if (status === 'U') return false;
  return patient.deceasedBoolean === true || patient.deceasedDateTime !== undefined || status === '1' || status === '2';
}

function notificationStatus(patient: Patient): string | undefined {
  const notification = patient.extension?.find((extension) => extension.url === deathNotificationExtension);
  const status = notification?.extension?.find((part) => part.url === 'deathNotificationStatus');
  return status?.valueCodeableConcept?.coding?.[0]?.code;
}
