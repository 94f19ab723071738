import type { Reference, Resource } from 'fhir/r4';
import { parsePartialDate, type PartialDate } from '../../../fhir/partial-date.ts';
import type { SourceFacts } from '../completeness.ts';
import { formatDate, formatDateTime } from '../dates.ts';
import { nameOf } from '../context.ts';
import { keyOf, text } from '../read.ts';
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
  /** It failed because the hub has nothing of the kind. */
  absent?: boolean;
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
  /** Who recorded or stated it, by name. */
  by: string | undefined;
  /** How sure its writer was, where nothing has to warn of it: `confirmed`, `certainty not stated`. */
  certainty: string | undefined;
  /** `system|code` of what it is about: what tells that two sources speak of one thing. Words never do. */
  codes: readonly string[];
  /** What another source states to the contrary: `UCLH: resolved 12-Mar-2020`. Never settled here. */
  against: readonly string[];
  /** The source's own longer words, where it wrote any, in its own lines: what a plan says, what was noted. */
  narrative: string | undefined;
  /** The visit it is the diagnosis of, where it is that and no problem of somebody's list. */
  visit?: string | undefined;
}

/** The words of a line, as a topic puts them together. */
export interface KeyWords {
  text: string;
  detail?: string[];
  label?: string | undefined;
  recorded?: PartialDate | undefined;
  by?: string | undefined;
  certainty?: string | undefined;
  codes?: readonly string[];
  against?: readonly string[];
  narrative?: string | undefined;
  visit?: string | undefined;
}

/** A line for a resource. */
export function keyItem(resource: Resource, facts: KeyFacts, words: KeyWords): KeyItem {
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
    by: words.by,
    certainty: words.certainty,
    codes: words.codes ?? [],
    against: words.against ?? [],
    narrative: words.narrative,
    visit: words.visit,
  };
}

/** Longer words as one text, each part once and on lines of its own. */
export function narrative(...parts: readonly (string | undefined)[]): string | undefined {
  const said = new Set(parts.filter((part) => part !== undefined));
  return said.size === 0 ? undefined : [...said].join('\n');
}

/** Newest first by what each line is dated by; undated last; the order of two alike never changes. */
export function byDate(lines: readonly { item: KeyItem; at: PartialDate | undefined }[]): KeyItem[] {
  return [...lines]
    .sort((a, b) => (b.at?.start ?? -Infinity) - (a.at?.start ?? -Infinity) || (a.item.key < b.item.key ? -1 : 1))
    .map((line) => line.item);
}

/** Who states it, where that is a member of staff named there; the person's own id is no name. */
export function statedBy(
  references: readonly (Reference | undefined)[],
  owner: Resource,
  facts: KeyFacts,
): string | undefined {
  const context = { now: facts.now, included: facts.included, patientId: facts.patientId };
  for (const reference of references) {
    if (/^(?:Patient|RelatedPerson)\b/.test(text(reference?.reference) ?? text(reference?.type) ?? '')) continue;
    const name = nameOf(reference, owner, context);
    if (name !== undefined) return name;
  }
  return undefined;
}
