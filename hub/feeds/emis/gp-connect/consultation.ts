import type { CodeableConcept, Encounter, Reference } from 'fhir/r4';
import { type JsonObject, typeOf } from '../../../resource/json.ts';
import { concept, conceptWords } from './datatypes.ts';
import { consultationPart } from './list-codes.ts';
import { extensions, objects, some, words } from './read.ts';
import { keyReferred } from './keys.ts';
import type { Reading } from './reading.ts';

/** Entries of a consultation that stand under one heading, in the order they were written. */
export interface Section {
  /** `Examination`; undefined for what stands under none. */
  heading: string | undefined;
  /** The entries; undefined for one that is named and was not sent. */
  entries: (JsonObject | undefined)[];
}

/** A topic of a consultation: one problem, or what was about none. */
export interface Topic {
  title: string | undefined;
  /** References to the problems it is about, as sent. */
  problems: unknown[];
  sections: Section[];
}

/** One consultation as its Lists hold it together (GP Connect: consultation, topics, headings). */
export interface Consultation {
  list: JsonObject;
  /** Reference to the Encounter, as sent. */
  encounter: unknown;
  topics: Topic[];
  /** What its Lists say of themselves: items left out. */
  remarks: string[];
}

/** Deeper than this no consultation is laid out; lists that hold one another in a ring end here. */
const deepest = 4;

/** Takes a consultation's Lists apart, whichever of its levels are there. */
export function consultationOf(list: JsonObject, reading: Reading): Consultation {
  const topics: Topic[] = [];
  const alone: Topic = { title: undefined, problems: [], sections: [] };
  const remarks = remarksOf(list);
  for (const { item } of objects(list['entry'])) {
    const target = reading.find(item);
    if (target !== undefined && consultationPart(target) !== undefined) remarks.push(...remarksOf(target));
    if (target !== undefined && consultationPart(target) === 'topic') {
      topics.push(topicOf(target, reading));
      for (const inner of objects(target['entry'])) remarks.push(...remarksOf(reading.find(inner['item'])));
    } else addTo(alone.sections, undefined, item, reading, 1);
  }
  return {
    list,
    encounter: list['encounter'],
    topics: alone.sections.length === 0 ? topics : [alone, ...topics],
    remarks: [...new Set(remarks)],
  };
}

/** A List's own words, and its warning in words where it has no others. */
function remarksOf(list: JsonObject | undefined): string[] {
  if (list === undefined || consultationPart(list) === undefined) return [];
  const noted = objects(list['note']).flatMap(({ text }) => words(text) ?? []);
  const isWarned = extensions(list, 'ListWarningCode').length > 0;
  return noted.length === 0 && isWarned ? ['Items of this consultation may have been left out.'] : noted;
}

function topicOf(list: JsonObject, reading: Reading): Topic {
  const sections: Section[] = [];
  for (const { item } of objects(list['entry'])) addTo(sections, undefined, item, reading, 1);
  const problems = extensions(list, 'RelatedProblemHeader').flatMap((related) =>
    objects(related['extension'])
      .filter(({ url }) => url === 'target')
      .map((target) => target['valueReference']),
  );
  return { title: words(list['title']), problems, sections };
}

function addTo(sections: Section[], heading: string | undefined, item: unknown, reading: Reading, depth: number): void {
  const target = reading.find(item);
  if (target !== undefined && consultationPart(target) !== undefined && depth < deepest) {
    const own = words(target['title']) ?? heading;
    for (const { item: inner } of objects(target['entry'])) addTo(sections, own, inner, reading, depth + 1);
    return;
  }
  const last = sections.at(-1);
  if (last !== undefined && last.heading === heading) last.entries.push(target);
  else sections.push({ heading, entries: [target] });
}

/** Headings under which EMIS keeps what somebody came for. */
const reasonHeading = /^(?:problem|reason for (?:encounter|consultation|visit)|presenting (?:complaint|problem))s?$/i;

/**
 * What a consultation was about: the problems of its topics, and what stands under the heading "Problem". Nothing is made a
 * reason that only happens to be mentioned.
 */
export function reasonsOf(
  consultations: readonly Consultation[],
  reading: Reading,
): Pick<Encounter, 'reasonCode' | 'reasonReference'> {
  const topics = consultations.flatMap((one) => one.topics);
  const references = new Map<string, Reference>();
  const codes = new Map<string, CodeableConcept>();
  const refer = (problem: unknown) => {
    const told = reading.refer(problem);
    if (told?.reference !== undefined) references.set(told.reference, told);
  };
  for (const problem of topics.flatMap(({ problems }) => problems)) refer(problem);
  for (const entry of topics
    .flatMap(({ sections }) => sections)
    .filter(isReason)
    .flatMap(({ entries }) => entries)) {
    if (entry === undefined) continue;
    const problem = typeOf(entry) === 'Condition' ? entry : reading.problemMadeFrom(entry);
    if (problem !== undefined) refer({ reference: `Condition/${words(problem['id'])}` });
    else {
      const code = concept(entry['code']);
      if (typeOf(entry) === 'Observation' && code?.text !== undefined) codes.set(code.text, code);
    }
  }
  // Said once: the problem itself, where there is one of that name.
  for (const { display } of references.values()) if (display !== undefined) codes.delete(display);
  if (references.size === 0 && codes.size === 0) return { reasonCode: filedOnly(topics) };
  return { reasonCode: some([...codes.values()]), reasonReference: some([...references.values()]) };
}

/**
 * A consultation that holds documents and nothing else is how EMIS files a letter: it is told by what was filed, for nobody need
 * have been seen.
 */
function filedOnly(topics: readonly Topic[]): CodeableConcept[] | undefined {
  const entries = topics.flatMap(({ sections }) => sections).flatMap((section) => section.entries);
  const names = entries.flatMap((entry) =>
    entry !== undefined && typeOf(entry) === 'DocumentReference' ? [conceptWords(entry['type']) ?? 'no title'] : [],
  );
  if (names.length < entries.length) return undefined;
  return some([...new Set(names)].map((name) => ({ text: `Document filed: ${name}` })));
}

function isReason({ heading }: Section): boolean {
  return heading !== undefined && reasonHeading.test(heading.trim());
}

/** Consultations by the key (`Encounter/id`) of the Encounter they belong to; those without one under an empty key. */
export function consultationsByEncounter(consultations: readonly Consultation[]): Map<string, Consultation[]> {
  const byKey = new Map<string, Consultation[]>();
  for (const one of consultations) {
    const key = keyReferred(one.encounter) ?? '';
    byKey.set(key, [...(byKey.get(key) ?? []), one]);
  }
  return byKey;
}
