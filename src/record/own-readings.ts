import type { Bundle, Observation } from 'fhir/r4';
import { observationOf, readingOf, type OwnReading } from '../../fhir/own-reading.ts';
import { sourceTagSystem } from '../../fhir/systems.ts';
import type { Session } from '../launch/session.ts';
import { search } from './searches.ts';

/** A weight or blood pressure that the person shared, as the hub holds it. */
export interface SharedReading {
  reading: OwnReading;
  /** ISO 8601, as shared. */
  takenAt: string;
  observation: Observation;
}

/** How many of the last ones are listed: to see that the last came through, and to take back a slip. */
const listed = 10;

/** Shares a reading with whoever may look. Rejects with ReadFailure, in the hub's words where it refused; nothing is shared then. */
export async function shareReading(session: Session, reading: OwnReading, takenAt: string): Promise<void> {
  await session.send('POST', 'Observation', observationOf(`Patient/${session.patientId}`, reading, takenAt));
}

/** Says of a reading that it was entered in error: it is no row any more, and stays in the history. Rejects with ReadFailure. */
export async function takeReadingBack(session: Session, { observation }: SharedReading): Promise<void> {
  const path = `Observation/${observation.id}`;
  const version = observation.meta?.versionId;
  await session.send('PUT', path, { ...observation, status: 'entered-in-error' }, version && `W/"${version}"`);
}

/** The last weights and blood pressures that the person shared, newest first. Rejects with ReadFailure. */
export async function readSharedReadings(session: Session, signal: AbortSignal): Promise<SharedReading[]> {
  const own = `Patient/${session.patientId}`;
  const address = search('Observation', [
    ['patient', session.patientId],
    ['performer', own],
    ['_sort', '-date'],
    ['_count', '30'],
  ]);
  const { entry = [] } = (await session.read(address, { signal })).body as Bundle;
  return entry
    .flatMap(({ resource, search: found }) => (found?.mode === 'match' ? [resource as Observation] : []))
    .flatMap((observation) => sharedOf(observation) ?? [])
    .slice(0, listed);
}

/** What its own source told and still stands by; glucose and the like are shared by devices, and not from here. */
function sharedOf(observation: Observation): SharedReading | undefined {
  const { meta, status, effectiveDateTime: takenAt, code } = observation;
  const told = meta?.tag?.some(({ system, code: source }) => system === sourceTagSystem && source === 'patient');
  const known = code?.coding?.some((coding) => coding.code === '29463-7' || coding.code === '85354-9');
  const reading = readingOf(observation);
  if (told !== true || known !== true || status !== 'final' || takenAt === undefined || reading === undefined)
    return undefined;
  return { reading, takenAt, observation };
}
