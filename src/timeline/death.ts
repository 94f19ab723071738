import type { Patient } from 'fhir/r4';
import type { PartialDate } from '../../fhir/partial-date.ts';
import { ukCoreExtension } from '../../fhir/systems.ts';
import { ageAt } from './age.ts';
import { formatDate } from './dates.ts';
import { date, extension, hasCode, items, text } from './read.ts';
import { sourceLabel, sourceOf } from './source.ts';

/**
 * `confirmed`: a formal notification, or two sources or more. `reported`: one source alone, so the banner stays as it is
 * and says who reports it (misreading 19).
 */
export type Death =
  | { kind: 'no' }
  | { kind: 'confirmed' | 'reported'; date: string | undefined; age: string | undefined; by: string | undefined };

const notificationExtension = `${ukCoreExtension}DeathNotificationStatus`;
/** The hub's own words on a death: a `source` (valueCode) for each that tells it, and `confirmed` (valueBoolean). */
const reportExtension = 'https://care-timeline.example/fhir/StructureDefinition/death-report';

/**
 * What may be said of a death. On a hub that says nothing of confirmation, only a formal notification (UK Core status 2)
 * confirms; a notification that was removed (U) tells no death.
 */
export function deathOf(patient: Patient, birth: PartialDate | undefined): Death {
  const notification = items(extension(patient, notificationExtension)?.extension).find(
    (part) => part.url === 'deathNotificationStatus',
  )?.valueCodeableConcept;
  const report = items(extension(patient, reportExtension)?.extension);
  const when = date(patient.deceasedDateTime);
  const told =
    patient.deceasedBoolean === true || text(patient.deceasedDateTime) !== undefined || hasCode(notification, '1', '2');
  if (!told || hasCode(notification, 'U')) return { kind: 'no' };
  const sources = report.filter((part) => part.url === 'source').map((part) => text(part.valueCode));
  const named = sources.filter((source) => source !== undefined);
  const confirmed =
    report.length > 0
      ? report.some((part) => part.url === 'confirmed' && part.valueBoolean === true)
      : hasCode(notification, '2');
  const own = sourceOf(patient);
  const by = named.length > 0 ? named.map(sourceLabel).join(', ') : own === undefined ? undefined : sourceLabel(own);
  return {
    kind: confirmed ? 'confirmed' : 'reported',
    date: when === undefined ? undefined : formatDate(when.precision === 'time' ? { ...when, precision: 'day' } : when),
    age: when === undefined || birth === undefined ? undefined : ageAt(birth, when.start),
    by,
  };
}
