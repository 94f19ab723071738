import type { CarePlan, Consent, Flag, Resource } from 'fhir/r4';
import type { PartialDate } from '../../../fhir/partial-date.ts';
import { formatDate } from '../dates.ts';
import { linesOfText, noteWords } from '../notes.ts';
import { codeKeys, concept, date, firstConcept, hasCode, items, text } from '../read.ts';
import { sourceOf } from '../source.ts';
import { capital, inWords, phrases } from '../words.ts';
import { incompleteWords, type KeySection, missingFor, stateOf, type Titles } from './state.ts';
import { byDate, keyItem, type KeyFacts, type KeyItem, narrative, statedBy, type TopicId } from './topics.ts';

/** The kinds of alert and plan whose absence from the page must never read as absence from life (misreading 2). */
export const alertTopics = [
  'resuscitation',
  'safeguarding',
  'special-notes',
  'reasonable-adjustments',
  'other-alerts',
] as const;
export type AlertTopic = (typeof alertTopics)[number];

const titles: Record<AlertTopic, Titles> = {
  resuscitation: {
    known: 'Resuscitation or escalation plan recorded',
    none: 'No resuscitation or escalation plan, as stated by a clinician',
    'not-recorded': 'Resuscitation and escalation plans not recorded',
    unavailable: 'Resuscitation and escalation plans unavailable',
    loading: 'Resuscitation and escalation plans are loading',
  },
  safeguarding: {
    known: 'Safeguarding concern recorded',
    none: 'No safeguarding concern, as stated by a professional',
    'not-recorded': 'Safeguarding concerns not recorded',
    unavailable: 'Safeguarding concerns unavailable',
    loading: 'Safeguarding concerns are loading',
  },
  'special-notes': {
    known: 'Special notes recorded',
    none: 'No special notes, as stated by a professional',
    'not-recorded': 'Special notes not recorded',
    unavailable: 'Special notes unavailable',
    loading: 'Special notes are loading',
  },
  'reasonable-adjustments': {
    known: 'Reasonable adjustments recorded',
    none: 'No reasonable adjustments needed, as stated by a professional',
    'not-recorded': 'Reasonable adjustments not recorded',
    unavailable: 'Reasonable adjustments unavailable',
    loading: 'Reasonable adjustments are loading',
  },
  'other-alerts': {
    known: 'Alerts recorded',
    none: 'No alerts, as stated by a professional',
    'not-recorded': 'Alerts not recorded',
    unavailable: 'Alerts unavailable',
    loading: 'Alerts are loading',
  },
};

const types: Record<AlertTopic, readonly TopicId[]> = {
  resuscitation: ['Flag', 'CarePlan', 'Consent'],
  safeguarding: ['Flag'],
  'special-notes': ['Flag'],
  'reasonable-adjustments': ['Flag'],
  'other-alerts': ['Flag'],
};

const resuscitation =
  /resuscitat|\bdna-?cpr\b|\bdnar\b|\bcpr\b|treatment escalation|\brespect (?:form|plan|process)|advance (?:decision|directive|care plan|statement)|ceiling of (?:care|treatment)|end of life|emergency care plan/i;
const safeguarding = /safeguard|child protection|\bmarac\b|at risk of abuse|looked[- ]after child|domestic abuse/i;
/** NHS England's Reasonable Adjustment Flag (category NRAF), and the needs it holds. */
const adjustments =
  /reasonable adjustment|accessible information|\beasy[- ]read\b|\bsign language\b|\binterpreter\b|\blarge print\b|\bbraille\b/i;
/** `No safeguarding concern`, `No special note`: a statement that there is none. */
const none = /^(?:no|nil)\b.*\b(?:concern|alert|note|plan|flag|adjustment)s?\b|^none known$/i;

interface Line {
  topic: AlertTopic;
  none: boolean;
  item: KeyItem;
  at: PartialDate | undefined;
}

/** Alerts and plans by topic, each in one of four states, always with the advice to check the original. */
export function alertsOf(facts: KeyFacts): Record<AlertTopic, KeySection> {
  const lines = [
    ...facts.topics.Flag.resources.map((resource) => flagLine(resource, facts)),
    ...facts.topics.CarePlan.resources.map((resource) => planLine(resource, facts)),
    ...facts.topics.Consent.resources.map((resource) => consentLine(resource, facts)),
  ].filter((line) => line !== undefined);
  const sections = alertTopics.map((topic): [AlertTopic, KeySection] => [topic, sectionOf(topic, lines, facts)]);
  return Object.fromEntries(sections) as Record<AlertTopic, KeySection>;
}

function sectionOf(topic: AlertTopic, lines: readonly Line[], facts: KeyFacts): KeySection {
  const own = lines.filter((line) => line.topic === topic);
  const known = own.filter((line) => !line.none);
  const noneStated = own.filter((line) => line.none);
  const missing = missingFor(types[topic], facts);
  const state = stateOf(known.length, noneStated.length > 0, missing);
  const notes = phrases(
    incompleteWords(state, missing),
    ...differing(topic, known, noneStated),
    state === 'loading' ? undefined : 'Check the original.',
  );
  return { state, title: titles[topic][state], notes, items: byDate(known), noneStatements: byDate(noneStated) };
}

/** Statements of one topic that cannot all be taken as they stand: said, and never settled here. */
function differing(topic: AlertTopic, known: readonly Line[], none: readonly Line[]): string[] {
  const deniers = [...new Set(none.map(({ item }) => item.source))];
  const words: string[] = [];
  if (known.length > 0 && deniers.length > 0) {
    words.push(
      `Sources differ: ${deniers.join(', ')} ${deniers.length === 1 ? 'states' : 'state'} that there is none.`,
    );
  }
  if (topic === 'resuscitation' && known.length > 1) {
    words.push(`${known.length} statements: read each.`);
  }
  return words;
}

function flagLine(resource: Resource, facts: KeyFacts): Line | undefined {
  if (resource.resourceType !== 'Flag') return undefined;
  const flag = resource as Flag;
  const status = text(flag.status);
  const end = date(flag.period?.end);
  if (status === 'inactive' || status === 'entered-in-error' || (end !== undefined && end.end <= facts.now))
    return undefined;
  const words = concept(flag.code) ?? firstConcept(flag.category) ?? 'Alert without words';
  const all = `${words} ${items(flag.category).map(concept).join(' ')}`;
  const at = date(flag.period?.start);
  return {
    topic: topicOf(flag, all),
    none: none.test(words),
    at,
    item: keyItem(flag, facts, {
      text: capital(inWords(words)),
      detail: phrases(end === undefined ? undefined : `until ${formatDate(end)}`),
      recorded: at,
      by: statedBy([flag.author], flag, facts),
      codes: codeKeys(flag.code),
    }),
  };
}

/** Interweave's category SGC is safeguarding; Adastra's flags are special notes. */
function topicOf(flag: Flag, words: string): AlertTopic {
  if (resuscitation.test(words)) return 'resuscitation';
  if (hasCode(flag.category, 'SGC') || safeguarding.test(words)) return 'safeguarding';
  if (hasCode(flag.category, 'NRAF') || adjustments.test(words)) return 'reasonable-adjustments';
  if (sourceOf(flag) === 'adastra' || /special (?:patient )?note/i.test(words)) return 'special-notes';
  return 'other-alerts';
}

function planLine(resource: Resource, facts: KeyFacts): Line | undefined {
  if (resource.resourceType !== 'CarePlan') return undefined;
  const plan = resource as CarePlan;
  if (['revoked', 'entered-in-error', 'completed'].includes(text(plan.status) ?? '')) return undefined;
  const words = text(plan.title) ?? firstConcept(plan.category) ?? text(plan.description);
  if (words === undefined || !isResuscitationPlan(plan)) return undefined;
  const at = date(plan.period?.start) ?? date(plan.created);
  const item = keyItem(plan, facts, {
    text: capital(inWords(words)),
    detail: planStatus(plan),
    recorded: at,
    by: statedBy([plan.author, ...items(plan.contributor)], plan, facts),
    narrative: narrative(linesOfText(plan.description), ...noteWords(plan.note, plan, facts)),
  });
  return { topic: 'resuscitation', none: none.test(words), at, item };
}

/** Whether a plan says what to do in an emergency or at the end of life: it stands with the alerts, not the care plans. */
export function isResuscitationPlan(plan: CarePlan): boolean {
  const title = text(plan.title) ?? firstConcept(plan.category) ?? text(plan.description);
  return resuscitation.test(`${title ?? ''} ${firstConcept(plan.category) ?? ''}`);
}

function planStatus(plan: CarePlan): string[] {
  const status = text(plan.status);
  if (status === 'draft') return ['draft, not in force'];
  return status === 'on-hold' ? ['On hold'] : [];
}

/** R4 Consent categories for advance decisions: acd, dnr, polst (LOINC 64292-6 and 75320-2 among others). */
function consentLine(resource: Resource, facts: KeyFacts): Line | undefined {
  if (resource.resourceType !== 'Consent') return undefined;
  const consent = resource as Consent;
  const status = text(consent.status);
  if (status === 'inactive' || status === 'rejected' || status === 'entered-in-error') return undefined;
  const words = firstConcept(consent.category);
  const coded = hasCode(consent.category, 'acd', 'dnr', 'polst', 'emrgonly') || hasCode(consent.scope, 'adr');
  if (!coded && !resuscitation.test(words ?? '')) return undefined;
  const at = date(consent.dateTime);
  const item = keyItem(consent, facts, {
    text: capital(inWords(words ?? 'Advance decision')),
    recorded: at,
    by: statedBy([...items(consent.performer), ...items(consent.organization)], consent, facts),
  });
  return { topic: 'resuscitation', none: false, at, item };
}
