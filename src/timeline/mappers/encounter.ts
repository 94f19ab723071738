import type { Encounter } from 'fhir/r4';
import { type LookContext, nameOf } from '../context.ts';
import { formatInstant } from '../dates.ts';
import type { Entry, Kind, State } from '../entry.ts';
import { laneOf, type SettingSigns } from '../lane.ts';
import { concept, date, items, keyOf, text } from '../read.ts';
import { sourceOf, statementOf } from '../source.ts';
import { detailOf } from './encounter-detail.ts';
import { factsOf } from './encounter-facts.ts';
import { kindOf } from './encounter-kind.ts';
import { movesOf } from './encounter-places.ts';
import { stateTitle, titleOf } from './encounter-title.ts';
import { notYetSaid } from './place-words.ts';
import { timeCautions } from './times.ts';

/** A visit, stay, call or consultation (timeline.md, What is in it; look.md, Rows). */
export function mapEncounter(encounter: Encounter, context: LookContext): Entry {
  const signs = encounterSigns(encounter, context);
  const { lane } = laneOf(signs);
  const kind = kindOf(lane, signs);
  const start = date(encounter.period?.start);
  const end = date(encounter.period?.end);
  const lasting = kind === 'stay';
  const state = stateOf(encounter, kind, context.now);
  const named = titleOf(encounter, kind, lane, context);
  const moves = kind === 'stay' || kind === 'emergency' ? movesOf(encounter, context) : [];
  let said: Pick<Entry, 'detail' | 'facts'> | undefined;
  // A quarter of what mapping takes, and of a long record few rows are ever looked at (T12).
  const say = () => {
    const detail = detailOf(encounter, kind, lane, named, moves, state, context);
    return (said = { detail, facts: notYetSaid(factsOf(encounter, kind, state, signs.typeWords), detail) });
  };
  return {
    key: keyOf(encounter),
    kind,
    lane,
    state,
    title: stateTitle(state, named.title),
    get detail() {
      return (said ?? say()).detail;
    },
    get facts() {
      return (said ?? say()).facts;
    },
    cautions: [...cautionsOf(encounter, kind, state, context), ...timeCautions(encounter.period)],
    start,
    end,
    lasting: lasting || (kind === 'emergency' && state === 'open'),
    moves,
    children: [],
    statements: [statementOf(encounter)],
  };
}

function encounterSigns(encounter: Encounter, context: LookContext): SettingSigns {
  const places = items(encounter.location);
  const typeWords = [
    ...items(encounter.type).map(concept),
    concept(encounter.serviceType),
    text(encounter.class?.display),
  ].filter((word) => word !== undefined);
  return {
    source: sourceOf(encounter),
    classCode: text(encounter.class?.code)?.toUpperCase(),
    typeWords,
    placeWords: [
      nameOf(encounter.serviceProvider, encounter, context),
      ...places.map((place) => nameOf(place.location, encounter, context)),
    ].filter((word) => word !== undefined),
    placeCodes: places
      .flatMap((place) => items(place.physicalType?.coding))
      .map((coding) => text(coding.code))
      .filter((code) => code !== undefined),
  };
}

/** An encounter without an end is open only where somebody can still be there, or it began within the last day. */
function stateOf(encounter: Encounter, kind: Kind, now: number): State {
  const status = text(encounter.status);
  const start = date(encounter.period?.start);
  const end = date(encounter.period?.end);
  if (status === 'cancelled') return 'cancelled';
  if (status === 'planned') return start === undefined || start.end > now ? 'planned' : 'unknown';
  if (status === 'finished' || end !== undefined) return 'closed';
  if (kind === 'stay' || kind === 'emergency') return 'open';
  const saysOpen = ['arrived', 'triaged', 'in-progress', 'onleave'].includes(status ?? '');
  return saysOpen && start !== undefined && now - start.start < 86_400_000 ? 'open' : 'closed';
}

function cautionsOf(encounter: Encounter, kind: Kind, state: State, context: LookContext): string[] {
  const cautions: string[] = [];
  if (state === 'unknown') cautions.push('Not known if attended');
  if (state === 'open' && kind === 'stay')
    cautions.push(`No discharge recorded, as at ${asAtWords(encounter, context)}`);
  if (state === 'open' && kind === 'emergency') {
    cautions.push(`No departure recorded, as at ${asAtWords(encounter, context)}`);
  }
  if (state === 'closed' && date(encounter.period?.end) === undefined && kind === 'stay') {
    cautions.push('Discharge date not recorded');
  }
  const status = text(encounter.status);
  if (state === 'closed' && ['arrived', 'triaged', 'in-progress', 'onleave'].includes(status ?? '')) {
    cautions.push(date(encounter.period?.end) === undefined ? 'End not recorded' : 'Not marked as finished');
  }
  return cautions;
}

/** How old the words of this source are: its own data age where known, else the moment it was read (misreading 4). */
function asAtWords(encounter: Encounter, context: LookContext): string {
  const source = sourceOf(encounter);
  const known = source === undefined ? undefined : context.asAt?.get(source);
  return formatInstant(known ?? context.now);
}
