import type { Patient } from 'fhir/r4';
import { deathOf } from './death.ts';
import type { Entry } from './entry.ts';
import { date } from './read.ts';

/** On what stands after the day of a death that any source tells, confirmed or not (misreading 19). */
export const afterDeath = 'After death: check';

/**
 * Marks entries that begin after the day on which the person died, and those still planned or open then. Nothing is
 * moved or dropped: the death may be the mistake. Cancelled and missed ones need no check, and what is only a letter or
 * a result may well be written later.
 */
export function sayWhatFollowsDeath(entries: readonly Entry[], patient: Patient | undefined): Entry[] {
  const died =
    patient === undefined || deathOf(patient, undefined).kind === 'no' ? undefined : date(patient.deceasedDateTime);
  if (died === undefined) return [...entries];
  // A time of death is told to the minute, care around it is not: only what begins on a later day is doubtful.
  const dayAfter = died.precision === 'time' ? died.end + 86_400_000 : died.end;
  return entries.map((entry) => {
    if (entry.state === 'cancelled' || entry.state === 'missed') return entry;
    if (entry.kind === 'letter' || entry.kind === 'results') return entry;
    const begins = entry.start !== undefined && entry.start.start >= dayAfter;
    if (!begins && entry.state !== 'open') return entry;
    return { ...entry, cautions: [...entry.cautions, afterDeath] };
  });
}
