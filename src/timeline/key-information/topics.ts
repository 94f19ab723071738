import type { Resource } from 'fhir/r4';
import { parsePartialDate, type PartialDate } from '../../../fhir/partial-date.ts';
import type { SourceFacts } from '../completeness.ts';
import { formatDate, formatDateTime } from '../dates.ts';
import { keyOf } from '../read.ts';
import { organisationOf, sourceLabel, sourceOf } from '../source.ts';

/** The resource types that key information stands on. */
export type TopicId =
  | 'AllergyIntolerance'
  | 'Flag'
  | 'Condition'
  | 'MedicationRequest'
  | 'MedicationStatement'
  | 'CareTeam'
  | 'CarePlan'
  | 'Consent'
  | 'List';

/** What was read of one type: whole, or nothing. */
export interface Topic {
  status: 'loading' | 'read' | 'failed';
  resources: readonly Resource[];
  /** How many were sent that named another person, and were dropped. */
  strangers: number;
}

/** Everything key information is made from. */
export interface KeyFacts {
  topics: Readonly<Record<TopicId, Topic>>;
  sources: readonly SourceFacts[];
  sourcesRead: 'loading' | 'read' | 'failed';
  withheld: 'none' | 'some';
  /** Staff, organisations and medicines, by `Type/id`. */
  included: ReadonlyMap<string, Resource>;
  patientId: string;
  /** Epoch milliseconds. */
  now: number;
}

/** One line of the panel: what a source states, who states it, since when, and how old that source's data is. */
export interface KeyItem {
  /** `Type/id`; unique in its list. */
  key: string;
  text: string;
  /** Further words, only what is stated: `rash`, `500 mg twice a day`. */
  detail: string[];
  /** How sure its writer is, where that must be said: `Suspected`. */
  label: string | undefined;
  /** Source label: `GP`. */
  source: string;
  organisation: string | undefined;
  /** `02-Oct-2026`: when it was recorded, or began. */
  recorded: string | undefined;
  /** `as at 21-Nov-2026 23:10`: the age of its source's data, where known. */
  age: string | undefined;
}

/** A line for a resource. */
export function keyItem(
  resource: Resource,
  facts: KeyFacts,
  words: { text: string; detail?: string[]; label?: string; recorded?: PartialDate | undefined },
): KeyItem {
  const source = sourceOf(resource);
  const asAt = parsePartialDate(facts.sources.find((item) => item.id === source)?.asAt);
  return {
    key: keyOf(resource),
    text: words.text,
    detail: words.detail ?? [],
    label: words.label,
    source: sourceLabel(source),
    organisation: organisationOf(resource),
    recorded: words.recorded === undefined ? undefined : formatDate(words.recorded),
    age: asAt === undefined ? undefined : `as at ${formatDateTime(asAt)}`,
  };
}

/** Newest first by what each line is dated by; undated last; the order of two alike never changes. */
export function byDate(lines: readonly { item: KeyItem; at: PartialDate | undefined }[]): KeyItem[] {
  return [...lines]
    .sort((a, b) => (b.at?.start ?? -Infinity) - (a.at?.start ?? -Infinity) || (a.item.key < b.item.key ? -1 : 1))
    .map((line) => line.item);
}
