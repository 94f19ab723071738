import { takeInMany } from '../hub/feeds/intake.ts';
import type { Database } from '../hub/store/database.ts';
import { readMarker, writeMarker } from '../hub/store/markers.ts';
import { setSourceState } from '../hub/store/sources.ts';
import { makeBorough } from '../mocks/borough/make.ts';
import { writeFhir } from '../mocks/writers/fhir.ts';

const marker = 'borough';
const people = 300;
const seed = 206_000;

/** Loads the synthetic borough into a store that never held it: a marker decides, not emptiness, so that people merged or removed stay so. */
export async function loadBoroughOnce(database: Database): Promise<void> {
  if ((await readMarker(database, marker)) !== undefined) return;
  const now = new Date();
  const report = await takeInMany(database, writeFhir(makeBorough({ people, seed, now })));
  const first = report.refused[0];
  if (first !== undefined) {
    throw new Error(
      `The synthetic borough was refused in ${report.refused.length} places; first: ${first.type}: ${first.reason}`,
    );
  }
  await writeMarker(database, marker, JSON.stringify({ people, seed, at: now.toISOString() }));
}
