import type { AllergyIntolerance, List, Reference, Resource } from 'fhir/r4';
import { formatDate } from '../dates.ts';
import { linesOfText, noteWords } from '../notes.ts';
import { codeKeys, codings, concept, conceptOrCode, date, firstConcept, hasCode, items, text } from '../read.ts';
import { sourceLabel, sourceOf } from '../source.ts';
import { capital, phrases } from '../words.ts';
import { warningWordsOf } from './list-warnings.ts';
import { incompleteWords, type KeySection, missingFor, stateOf, type Titles } from './state.ts';
import { byDate, keyItem, type KeyFacts, type KeyItem, narrative, statedBy } from './topics.ts';

const titles: Titles = {
  known: 'Known allergies',
  none: 'No known allergies',
  'not-recorded': 'Allergies not recorded',
  unavailable: 'Allergies unavailable',
  loading: 'Allergies are loading',
};

/** SNOMED CT: no known allergy; and the narrower ones, which never stand for it. */
const noKnownAllergy = '716186003';
const noKnownOfAKind = new Set(['409137002', '428607008', '429625007', '1003774007']);

/** GP Connect's list of current allergies (SNOMED CT), and LOINC's. */
const allergyLists = ['886921000000105', '48765-2'];

/**
 * Allergies, in exactly one of the four states of the NHS banner (T9) by misreading 1. Any allergy not ruled out counts
 * as known. "No known allergies" needs a clinician's statement, every expected source read, and nothing against it.
 */
export function allergiesOf(facts: KeyFacts): KeySection {
  const known: { item: KeyItem; at: ReturnType<typeof date> }[] = [];
  const none: KeyItem[] = [];
  const narrower: KeyItem[] = [];
  for (const resource of facts.topics.AllergyIntolerance.resources) {
    const allergy = resource as AllergyIntolerance;
    if (allergy.resourceType !== 'AllergyIntolerance' || isRuledOut(allergy)) continue;
    // What has ended holds no more: neither an allergy, nor a statement that there is none.
    if (hasCode(allergy.clinicalStatus, 'inactive', 'resolved')) continue;
    const negation = negationOf(allergy);
    if (negation === undefined) {
      known.push({ item: allergyItem(allergy, facts), at: recordedOn(allergy) });
    } else if (byClinician(allergy)) {
      (negation === 'all' ? none : narrower).push(allergyItem(allergy, facts));
    }
  }
  const lists = facts.topics.List.resources.filter(isAllergyList);
  for (const list of lists) {
    if (hasCode(list.emptyReason, 'nilknown') && sourceOf(list) !== 'patient' && !isOwnWord(list.source))
      none.push(keyItem(list, facts, { text: 'No known allergies', recorded: date(list.date) }));
  }
  const warnings = warningsOf(lists);
  const missing = missingFor(['AllergyIntolerance', 'List'], facts);
  // A list that says some of its items are left out is not whole, whatever else was read.
  if (warnings.length > 0) missing.withheld = true;
  const state = stateOf(known.length, none.length > 0, missing);
  const notes = phrases(incompleteWords(state, missing), ...warnings);
  for (const { item } of known) notes.push(...deniedBy(item, facts));
  if (state === 'known' && none.length > 0) {
    notes.push(`Sources differ: ${labels(none)} ${none.length === 1 ? 'states' : 'state'} no known allergies.`);
  }
  if (state !== 'known' && state !== 'none' && none.length > 0) {
    notes.push(
      `${labels(none)} ${none.length === 1 ? 'states' : 'state'} no known allergies. This cannot be relied on here.`,
    );
  }
  return { state, title: titles[state], notes, items: byDate(known), noneStatements: [...none, ...narrower] };
}

/** What the lists warn of; where several sources warn each says who it is, for two gaps may be told in the same words. */
function warningsOf(lists: readonly List[]): string[] {
  const warned = lists.flatMap((list) =>
    warningWordsOf(list).map((words) => ({ source: sourceLabel(sourceOf(list)), words })),
  );
  const several = new Set(warned.map(({ source }) => source)).size > 1;
  return warned.map(({ source, words }) => (several ? `${source}: ${words}` : words));
}

/** Another source that rules out, or ended, an allergy which this one holds to: told, and never settled here. */
function deniedBy(item: KeyItem, facts: KeyFacts): string[] {
  const denied = facts.topics.AllergyIntolerance.resources.flatMap((resource) => {
    const allergy = resource as AllergyIntolerance;
    const other = sourceLabel(sourceOf(allergy));
    if (other === item.source || !codeKeys(allergy.code).some((code) => item.codes.includes(code))) return [];
    const ruledOut = hasCode(allergy.verificationStatus, 'refuted');
    if (!ruledOut && !hasCode(allergy.clinicalStatus, 'inactive', 'resolved')) return [];
    if (hasCode(allergy.verificationStatus, 'entered-in-error')) return [];
    const on = recordedOn(allergy);
    const when = on === undefined ? '' : `, ${formatDate(on)}`;
    return [
      `Sources differ on ${item.text}: ${other} states it ${ruledOut ? 'ruled out' : 'no longer active'}${when}.`,
    ];
  });
  return [...new Set(denied)];
}

function labels(list: readonly KeyItem[]): string {
  return [...new Set(list.map((item) => item.source))].join(', ');
}

/** Refuted and entered-in-error statements say nothing of the person (misreading 7). */
function isRuledOut(allergy: AllergyIntolerance): boolean {
  return hasCode(allergy.verificationStatus, 'refuted', 'entered-in-error');
}

/** Whether it states that there are no allergies at all, or none of one kind. */
function negationOf(allergy: AllergyIntolerance): 'all' | 'kind' | undefined {
  const codes = codings(allergy.code).map((coding) => text(coding.code) ?? '');
  if (codes.some((code) => noKnownOfAKind.has(code))) return 'kind';
  if (codes.includes(noKnownAllergy)) return 'all';
  const words = concept(allergy.code) ?? '';
  if (/^(?:no|nil) known (?:allerg\w*|allergic reactions?)(?: to (?:any )?substances?)?$/i.test(words)) return 'all';
  return /^(?:no|nil) (?:known )?.*\b(?:allerg|sensitivit|intoleran)/i.test(words) ? 'kind' : undefined;
}

/** The person's own word, or a relative's, is no clinician's; nor is a statement still to be confirmed. */
function byClinician(allergy: AllergyIntolerance): boolean {
  if (hasCode(allergy.verificationStatus, 'unconfirmed', 'presumed')) return false;
  return sourceOf(allergy) !== 'patient' && !isOwnWord(allergy.asserter);
}

/** Said by the person, or by a relative; the address may be whole or relative. */
function isOwnWord(who: Reference | undefined): boolean {
  return /(?:^|\/)(?:Patient|RelatedPerson)\b/.test(text(who?.reference) ?? text(who?.type) ?? '');
}

function allergyItem(allergy: AllergyIntolerance, facts: KeyFacts): KeyItem {
  const reactions = items(allergy.reaction);
  const manifestations = reactions.flatMap((reaction) => items(reaction.manifestation).map(concept));
  const severity = reactions.map((reaction) => text(reaction.severity)).find((word) => word === 'severe');
  const substance =
    concept(allergy.code) ??
    firstConcept(reactions[0]?.substance) ??
    conceptOrCode(allergy.code) ??
    'Substance not recorded';
  return keyItem(allergy, facts, {
    text: capital(substance.replace(/^(?:allergy to|allergic to) /i, '')),
    detail: phrases(
      ...manifestations,
      severity,
      text(allergy.criticality) === 'high' ? 'high risk' : undefined,
      text(allergy.type) === 'intolerance' ? 'intolerance' : undefined,
    ),
    label: hasCode(allergy.verificationStatus, 'unconfirmed', 'presumed') ? 'Suspected' : undefined,
    recorded: recordedOn(allergy),
    by: statedBy([allergy.recorder, allergy.asserter], allergy, facts),
    certainty: certaintyOf(allergy),
    codes: codeKeys(allergy.code),
    narrative: narrativeOf(allergy, facts),
  });
}

/** What was noted of the allergy and of each reaction: that it was tolerated since, or is only what the person was told. */
function narrativeOf(allergy: AllergyIntolerance, facts: KeyFacts): string | undefined {
  const reactions = items(allergy.reaction).flatMap((reaction) => [
    linesOfText(reaction.description),
    ...noteWords(reaction.note, allergy, facts),
  ]);
  return narrative(...noteWords(allergy.note, allergy, facts), ...reactions);
}

/** `Suspected` stands on the line itself; this stands with who says so. */
function certaintyOf(allergy: AllergyIntolerance): string | undefined {
  if (hasCode(allergy.verificationStatus, 'confirmed')) return 'confirmed';
  return hasCode(allergy.verificationStatus, 'unconfirmed', 'presumed') ? 'not confirmed' : 'certainty not stated';
}

function recordedOn(allergy: AllergyIntolerance): ReturnType<typeof date> {
  return date(allergy.recordedDate) ?? date(allergy.onsetDateTime);
}

function isAllergyList(resource: Resource): resource is List {
  if (resource.resourceType !== 'List') return false;
  const list = resource as List;
  if (text(list.status) === 'entered-in-error' || text(list.status) === 'retired') return false;
  return (
    hasCode(list.code, ...allergyLists) || /\ballerg/i.test(`${concept(list.code) ?? ''} ${text(list.title) ?? ''}`)
  );
}
