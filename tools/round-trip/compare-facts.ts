import type { FhirResource } from 'fhir/r4';
import type { Facts } from './emis-csv-words.ts';

/** How one fact fared over all items of its kind. */
export interface FactTally {
  same: number;
  /** Stated in truth, and not told. */
  lost: number;
  /** Told otherwise than in truth. */
  other: number;
  /** Not stated in truth, and told. */
  added: number;
  /** The first that was not the same: truth, then told. */
  example: string | undefined;
}

/** What came of telling many records. */
export interface Comparison {
  /** Items of truth by kind, and how many came back. */
  items: Map<string, { there: number; back: number }>;
  /** Why items did not come back, by kind; what has no reason begins with `unexplained`. */
  missing: Map<string, number>;
  /** `Encounter: time of day` and how it fared. */
  facts: Map<string, FactTally>;
  /** What is told that is no item of truth by itself, by why. */
  besides: Map<string, number>;
}

/** How one record is compared. */
export interface Comparing {
  /** `Type/id` of an item of truth when it comes back; undefined for what the format has no place for. */
  toldName(item: FhirResource): string | undefined;
  /** Why an item is not there. */
  whyMissing(item: FhirResource): string;
  whyBeside(told: FhirResource): string;
  /** Facts on both sides of one item. */
  facts(item: FhirResource, told: FhirResource): readonly [Facts, Facts];
}

export function newComparison(): Comparison {
  return { items: new Map(), missing: new Map(), facts: new Map(), besides: new Map() };
}

/** Compares what is true of one person with what is told of them, item by item and fact by fact. */
export function compareRecord(
  comparison: Comparison,
  comparing: Comparing,
  truth: readonly FhirResource[],
  told: readonly FhirResource[],
): void {
  const byName = new Map(told.map((resource) => [nameOf(resource), resource]));
  for (const item of truth) {
    const kind = item.resourceType;
    const count = comparison.items.get(kind) ?? { there: 0, back: 0 };
    comparison.items.set(kind, count);
    count.there += 1;
    const name = comparing.toldName(item);
    const back = name === undefined ? undefined : byName.get(name);
    if (name === undefined || back === undefined) {
      addOne(comparison.missing, `${kind}: ${comparing.whyMissing(item)}`);
      continue;
    }
    byName.delete(name);
    count.back += 1;
    tally(comparison, kind, ...comparing.facts(item, back));
  }
  for (const resource of byName.values()) addOne(comparison.besides, comparing.whyBeside(resource));
}

/** Counts how each fact of an item fared. */
export function tally({ facts }: Pick<Comparison, 'facts'>, kind: string, truth: Facts, told: Facts): void {
  for (const name of Object.keys(truth)) {
    const [was, is] = [truth[name] || undefined, told[name] || undefined];
    if (was === undefined && is === undefined) continue;
    const key = `${kind}: ${name}`;
    const counts = facts.get(key) ?? { same: 0, lost: 0, other: 0, added: 0, example: undefined };
    facts.set(key, counts);
    if (was === is) counts.same += 1;
    else if (is === undefined) counts.lost += 1;
    else if (was === undefined) counts.added += 1;
    else counts.other += 1;
    if (was !== is) counts.example ??= `${was ?? '-'} → ${is ?? '-'}`;
  }
}

/** The comparison as lines of a report; `why` gives the reason for a fact that does not come back as it was. */
export function comparisonLines(comparison: Comparison, why: (fact: string) => string | undefined): string[] {
  return [
    ...[...comparison.items].map(([kind, { there, back }]) => `${kind}: ${back} of ${there}`),
    ...[...comparison.missing].map(([reason, count]) => `not back, ${reason}: ${count}`),
    ...[...comparison.besides].map(([reason, count]) => `beside them, ${reason}: ${count}`),
    ...[...comparison.facts].flatMap(([fact, { same, lost, other, added, example }]) => {
      const odd = [
        lost > 0 ? `${lost} lost` : '',
        other > 0 ? `${other} otherwise` : '',
        added > 0 ? `${added} added` : '',
      ].filter((words) => words !== '');
      return odd.length === 0
        ? []
        : [`${fact}: ${same} the same, ${odd.join(', ')} (${example}): ${why(fact) ?? 'unexplained'}`];
    }),
  ];
}

export function nameOf({ resourceType, id }: FhirResource): string {
  return `${resourceType}/${id ?? ''}`;
}

function addOne(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
