import { londonInstant } from '../fhir/partial-date.ts';
import { sourceNames, type SourceId } from '../fhir/sources.ts';
import { takeInMany } from '../hub/feeds/intake/intake.ts';
import type { Database } from '../hub/store/database.ts';
import { readMarker, writeMarker } from '../hub/store/markers.ts';
import { setSourceState } from '../hub/store/sources.ts';
import { makeBorough } from '../mocks/borough/make.ts';
import type { Borough } from '../mocks/borough/truth.ts';
import { writeFhir } from '../mocks/writers/fhir.ts';
import { loadDecisions } from './load-decisions.ts';
import { sendBorough } from './send-borough.ts';

const marker = 'borough';
const people = 300;
const seed = 206_000;

/** What each source holds and since when; Adastra sends once a night, so that its last evening is always missing. */
const connected: Record<SourceId, { organisation: string | undefined; startsFrom: string }> = {
  emis: { organisation: 'F83063', startsFrom: '1998-01-01' },
  'system-c': { organisation: 'RKE', startsFrom: '2005-04-01' },
  adastra: { organisation: 'XLCW1', startsFrom: '2016-10-01' },
  carecast: { organisation: 'RRV', startsFrom: '2003-04-01' },
  liquidlogic: { organisation: '706', startsFrom: '2012-04-01' },
  patient: { organisation: undefined, startsFrom: '2024-01-01' },
};

/** Care that happens in the borough and that nobody sends: said on every record, so that "all" is not read as everything. */
const notConnected = [
  ['ambulance', 'London Ambulance Service'],
  ['outside', 'Hospitals and practices outside the borough'],
  ['high-street', 'Pharmacies, dentists and opticians'],
  ['private', 'Private and voluntary care'],
] as const;

/**
 * Loads the synthetic borough into a store that never held it: a marker decides, not emptiness. As FHIR, or as its systems
 * send it.
 */
export async function loadBoroughOnce(database: Database, asSent: boolean): Promise<void> {
  if ((await readMarker(database, marker)) !== undefined) return;
  const now = new Date();
  const borough = makeBorough({ people, seed, now });
  if (asSent) await sendBorough(database, borough);
  else await loadFhir(database, borough);
  await loadDecisions(database, now);
  for (const [source, { organisation, startsFrom }] of Object.entries(connected)) {
    const nightly = source === 'adastra';
    await setSourceState(database, {
      source,
      name: sourceNames[source as SourceId].records,
      organisation,
      startsFrom,
      status: nightly ? 'late' : 'ok',
      asAt: nightly ? lastEvening(now).toISOString() : now.toISOString(),
    });
  }
  for (const [source, name] of notConnected) await setSourceState(database, { source, name, status: 'not-connected' });
  await writeMarker(database, marker, JSON.stringify({ people, seed, at: now.toISOString() }));
}

async function loadFhir(database: Database, borough: Borough): Promise<void> {
  const { refused } = await takeInMany(database, writeFhir(borough));
  const [first] = refused;
  if (first !== undefined)
    throw new Error(`The borough was refused in ${refused.length} places; first: ${first.type}: ${first.reason}`);
}

/** 23:10 yesterday in London: when the nightly file was written. */
function lastEvening(now: Date): Date {
  const yesterday = new Date(now.getTime() - 86_400_000);
  return new Date(
    londonInstant(yesterday.getUTCFullYear(), yesterday.getUTCMonth() + 1, yesterday.getUTCDate(), 23, 10),
  );
}
