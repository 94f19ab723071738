import type { Extension, Patient } from 'fhir/r4';
import { ukCoreExtension } from '../../../../fhir/systems.ts';
import { ukCore } from '../concepts.ts';
import { readTime } from '../date-time.ts';
import type { Said } from './said.ts';

/** What a Patient says of a death. */
export interface Death {
  deceased: Pick<Patient, 'deceasedBoolean' | 'deceasedDateTime'>;
  extension: Extension[];
}

const informal = 'Informal - death notice received via an update from a local NHS Organisation such as GP or Trust';

/**
 * PID-29 and PID-30. A hospital heard of a death from a ward or a family: informal until the registrar says so (misreading
 * 19). A later `N` takes back a date that was said before it; a date that cannot be read is still a death.
 */
export function deathOf(said: Said, doubts: string[]): Death {
  const [when, whether] = [said.of('PID', 29), said.of('PID', 30)];
  const flag = whether?.segment.at(30).toUpperCase();
  const takenBack = flag === 'N' && (when === undefined || (whether?.at ?? '') >= when.at);
  const dead = flag === 'Y' || when !== undefined;
  if (!dead || takenBack) return { deceased: {}, extension: [] };
  const { value, doubt } = readTime(when?.segment.at(29) ?? '');
  if (doubt !== undefined) doubts.push('A date of death that cannot be read whole');
  const extension = {
    url: `${ukCoreExtension}DeathNotificationStatus`,
    extension: [
      { url: 'deathNotificationStatus', valueCodeableConcept: ukCore('DeathNotificationStatus', '1', informal) },
      ...(value === undefined ? [] : [{ url: 'systemEffectiveDate', valueDateTime: value }]),
    ],
  };
  return {
    deceased: value === undefined ? { deceasedBoolean: true } : { deceasedDateTime: value },
    extension: [extension],
  };
}
