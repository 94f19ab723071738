import type { Encounter, EncounterLocation, Location } from 'fhir/r4';
import { type LookContext, nameOf, resolveAs } from '../context.ts';
import type { WardMove } from '../entry.ts';
import { date, hasCode, items, text } from '../read.ts';
import { capital, inWords } from '../words.ts';

/** Said in place of a person's own address. */
export const atHome = 'At home';

/** Wards with their times, in the order they were lived in. Planned places are no moves. */
export function movesOf(encounter: Encounter, context: LookContext): WardMove[] {
  const moves: WardMove[] = [];
  for (const stop of items(encounter.location)) {
    const place = placeName(stop, encounter, context);
    const status = text(stop.status);
    if (place === undefined || status === 'planned' || status === 'reserved') continue;
    moves.push({ place: inWords(capital(place)), start: date(stop.period?.start), end: date(stop.period?.end) });
  }
  return moves.sort((a, b) => (a.start?.start ?? -Infinity) - (b.start?.start ?? -Infinity) || 0);
}

function placeName(stop: EncounterLocation, encounter: Encounter, context: LookContext): string | undefined {
  const location = resolveAs<Location>('Location', stop.location, encounter, context);
  // A person's own address is never a place name in a row (look.md: never the address).
  const home = hasCode(stop.physicalType, 'A01') || hasCode(location?.physicalType, 'A01', 'ho');
  return home ? atHome : nameOf(stop.location, encounter, context);
}

/** The first place that has a name. */
export function placeOf(encounter: Encounter, context: LookContext): string | undefined {
  for (const stop of items(encounter.location)) {
    const place = placeName(stop, encounter, context);
    if (place !== undefined) return place;
  }
  return undefined;
}
