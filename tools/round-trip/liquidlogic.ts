import type { FhirResource } from 'fhir/r4';
import { formatNames, type FormatName, type Told } from '../../hub/feeds/format.ts';
import { Pieces } from '../../hub/feeds/liquidlogic/testing.ts';
import type { Borough } from '../../mocks/borough/truth.ts';
import { writeLiquidlogic } from '../../mocks/writers/liquidlogic/liquidlogic.ts';
import { writeLiquidlogicNative } from '../../mocks/writers/liquidlogic/native/native.ts';
import type { FactTally } from './compare-facts.ts';
import { type Facts, factsOf } from './liquidlogic-facts.ts';

export interface RoundTrip {
  /** Items of truth by kind: how many there are, and how many came back. */
  items: Map<string, { there: number; back: number }>;
  /** `Task: outcome`. */
  facts: Map<string, FactTally>;
  /** Told beside the items of truth, by kind. */
  besides: Map<string, number>;
  /** As the operator would read them, numbers of lines left out. */
  doubts: Set<string>;
}

/** Truth → what the council sends in these formats → what the hub would tell → compared with the truth, item by item and fact by fact. */
export async function roundTripLiquidlogic(borough: Borough, formats: readonly FormatName[]): Promise<RoundTrip> {
  const pieces = piecesOf(borough, formats);
  const trip: RoundTrip = { items: new Map(), facts: new Map(), besides: new Map(), doubts: new Set() };
  for (const doubt of pieces.doubts) trip.doubts.add(doubt.replace(/^Line \d+/, 'Line …'));
  const known = new Set(pieces.subjects());
  for (const life of borough.lives) {
    const truth = writeLiquidlogic(life, borough);
    const subject = life.person.localNumbers.liquidlogic ?? '';
    if (truth === undefined && known.has(subject)) throw new Error('Somebody is told whom the council does not know.');
    if (truth === undefined) continue;
    const told: Told = known.has(subject) ? await pieces.tell(subject) : { resources: [], doubts: [] };
    for (const doubt of told.doubts) trip.doubts.add(doubt);
    compare(trip, truth.resources, told.resources);
  }
  return trip;
}

/** The council's teams, providers and staff as the hub would tell them. */
export async function directoryOf(borough: Borough): Promise<FhirResource[]> {
  const pieces = piecesOf(borough, ['social-care-extension']);
  const scopes = await Promise.all(['organisations', 'staff'].map((scope) => pieces.tell('', scope)));
  return scopes.flatMap(({ resources }) => resources);
}

function piecesOf(borough: Borough, formats: readonly FormatName[]): Pieces {
  const pieces = new Pieces();
  let seq = 0;
  for (const { source, format: name, label, at, bytes } of writeLiquidlogicNative(borough)) {
    const format = formatNames.find((each) => each === name);
    if (format === undefined) throw new Error(`No format ${name}`);
    seq += 1;
    const receivedAt = new Date(at).toISOString();
    if (formats.includes(format)) pieces.take({ seq, source, organisation: '706', format, label, receivedAt, bytes });
  }
  return pieces;
}

function compare(trip: RoundTrip, truth: readonly FhirResource[], told: readonly FhirResource[]): void {
  const left = new Set(told);
  const trueIds = idsOf(truth);
  const toldIds = idsOf(told);
  for (const item of truth) {
    const { resourceType: kind } = item;
    const count = trip.items.get(kind) ?? { there: 0, back: 0 };
    trip.items.set(kind, count);
    count.there += 1;
    const back = [...left].find((other) => other.resourceType === kind && isSame(item, other));
    if (back === undefined) continue;
    left.delete(back);
    count.back += 1;
    tally(
      trip,
      kind,
      factsOf(item, (reference) => trueIds.get(reference ?? '')),
      factsOf(back, (reference) => toldIds.get(reference ?? '')),
    );
  }
  for (const { resourceType } of left) trip.besides.set(resourceType, (trip.besides.get(resourceType) ?? 0) + 1);
}

/** The council's own number behind `Type/id`. */
function idsOf(resources: readonly FhirResource[]): Map<string, string> {
  return new Map(
    resources.map((resource) => [`${resource.resourceType}/${resource.id}`, numberOf(resource) ?? 'without a number']),
  );
}

function numberOf(resource: FhirResource): string | undefined {
  if (!('identifier' in resource) || !Array.isArray(resource.identifier)) return undefined;
  return resource.identifier.find(({ system }) => system?.includes('/local-social'))?.value;
}

/** By the council's own number where both have it; else by what tells two of a kind apart. */
function isSame(truth: FhirResource, told: FhirResource): boolean {
  const [a, b] = [numberOf(truth), numberOf(told)];
  if (a !== undefined && b !== undefined) return a === b;
  const [one, other] = [factsOf(truth, () => undefined), factsOf(told, () => undefined)];
  return keyOf(truth.resourceType, one) === keyOf(told.resourceType, other);
}

function keyOf(kind: string, facts: Facts): string {
  const review = facts['kind of assessment or review']?.startsWith('Care review') === true;
  const by: Record<string, (string | undefined)[]> = {
    ServiceRequest: [facts['day']],
    Task: [facts['day'], String(review)],
    EpisodeOfCare: [facts['first day'], facts['kind']],
    Condition: [facts['reason']],
    Flag: [facts['words']],
    CareTeam: [facts['name']],
    DocumentReference: [facts['title'], facts['words']],
    Patient: [],
  };
  return JSON.stringify(by[kind] ?? [facts['name']]);
}

function tally(trip: RoundTrip, kind: string, truth: Facts, told: Facts): void {
  for (const name of Object.keys(truth)) {
    const key = `${kind}: ${name}`;
    const count = trip.facts.get(key) ?? { same: 0, lost: 0, other: 0, added: 0, example: undefined };
    trip.facts.set(key, count);
    const [a, b] = [truth[name], told[name]];
    if (a === b) count.same += a === undefined ? 0 : 1;
    else if (b === undefined) count.lost += 1;
    else {
      count[a === undefined ? 'added' : 'other'] += 1;
      count.example ??= `${a} → ${b}`;
    }
  }
}

/** Facts that do not always come back as they are true, in lines. */
export function roundTripLines({ items, facts, besides, doubts }: RoundTrip): string[] {
  return [
    ...[...items].map(([kind, { there, back }]) => `${kind}: ${back} of ${there}`),
    ...[...facts]
      .filter(([, { lost, other, added }]) => lost + other + added > 0)
      .map(
        ([fact, { same, lost, other, added, example }]) =>
          `  ${fact}: ${same} as true, ${lost} lost, ${other} otherwise, ${added} added${example === undefined ? '' : ` (${example})`}`,
      ),
    ...[...besides].map(([kind, count]) => `  besides: ${count} ${kind}`),
    ...[...doubts].map((doubt) => `  doubt: ${doubt}`),
  ];
}
