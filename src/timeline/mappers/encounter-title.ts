import type { Encounter } from 'fhir/r4';
import type { LookContext } from '../context.ts';
import type { Kind, Lane, State } from '../entry.ts';
import { concept, firstConcept, items, text } from '../read.ts';
import { inWords, lowerStart, plainCase, titled } from '../words.ts';
import { diagnosisWords } from './diagnosis.ts';

const kindWords: Record<Kind, string> = {
  'gp-consultation': 'GP consultation',
  'gp-call': 'GP phone call',
  emergency: 'Emergency department',
  stay: 'Hospital stay',
  outpatient: 'Outpatient',
  'urgent-call': 'Out-of-hours call',
  'urgent-visit': 'Out-of-hours visit',
  'community-visit': 'Community visit',
  'mental-health-contact': 'Mental health contact',
  visit: 'Visit',
  booking: 'Booked',
  'care-request': 'Request',
  assessment: 'Assessment',
  review: 'Review',
  package: 'Service',
  letter: 'Letter',
  results: 'Results',
  'home-reading': 'Home reading',
};

/** Types that only repeat what the kind already says, and so are no reason. */
const plainType =
  /^(?:gp (?:surgery|consultation|visit|surgery consultation|telephone consultation|phone call)|(?:face[- ]to[- ]face |telephone |video |home |surgery |patient |initial )*(?:consultation|visit|call|contact|appointment|encounter)(?: procedure| inpatient| for (?:problem|symptom|['‘]?check[- ]?up['’]?))?|in-?patient(?: stay| encounter| admission)?|out-?patient(?: visit| clinic| appointment| encounter| attendance)?|emergency(?: department| room)?(?: admission| visit| attendance| encounter)?|hospital (?:admission|stay|inpatient)|follow-?up (?:encounter|visit)|seen in (?:hospital ward|gp surgery|.*clinic)|externally entered|(?:nhs )?111(?: call)?|out[- ]of[- ]hours(?: visit| call| service)?|ambulatory|urgent care clinic|community (?:nurse |nursing )?(?:visit|contact)|district nurs\w*(?: visit)?|accident and emergency(?: attendance)?)$/i;

/** Kind first, then the source's own reason; `rest` is what the second line still has to say (look.md, Rows). */
export function titleOf(
  encounter: Encounter,
  kind: Kind,
  lane: Lane,
  context: LookContext,
): { title: string; rest: string | undefined } {
  const type = firstConcept(encounter.type) ?? text(encounter.class?.display);
  const named = concept(encounter.serviceType);
  // Where the kind already names the service, its name would only repeat it.
  const service = kind.startsWith('gp') || kind === 'emergency' || kind.startsWith('urgent') ? undefined : named;
  const words = kindWord(kind, lane, encounter, `${type ?? ''} | ${named ?? ''}`);
  // Mental health rows never say why (look.md).
  if (lane === 'mental-health') return { title: words, rest: undefined };
  const reason = firstConcept(encounter.reasonCode) ?? reasonName(encounter, context);
  const ownType = type !== undefined && !plainType.test(type) ? type : undefined;
  if (kind === 'outpatient') {
    const specialty = service ?? ownType?.replace(/out-?patient(?: clinic| visit)?[:, -]*/i, '');
    if (specialty !== undefined && specialty !== '') {
      return {
        title: titled(words, plainCase(specialty)),
        rest: reason === undefined ? undefined : `Reason: ${inWords(reason)}`,
      };
    }
  }
  if (reason === undefined) return { title: titled(words, ownType), rest: service };
  const further = ownType !== undefined && ownType.toLowerCase() !== reason.toLowerCase() ? ownType : undefined;
  return { title: titled(words, reason), rest: further ?? (kind === 'visit' ? type : service) };
}

function kindWord(kind: Kind, lane: Lane, encounter: Encounter, words: string): string {
  const code = text(encounter.class?.code)?.toUpperCase();
  if (kind === 'stay' && lane === 'mental-health') return 'Mental health hospital stay';
  // Nobody was seen at the practice: its staff typed in what they were told.
  if (kind.startsWith('gp') && /externally entered/i.test(words)) return 'Care elsewhere, entered by GP';
  if (kind === 'gp-consultation' && (code === 'HH' || /home visit/i.test(words))) return 'GP home visit';
  if (kind === 'urgent-call' && (code === '111' || /\b111\b/.test(words))) return '111 call';
  if (code === '999-CAD' || code === '999-EPR' || (kind.startsWith('urgent') && /ambulance|\b999\b/i.test(words))) {
    return code === '999-CAD' ? 'Ambulance call' : 'Ambulance';
  }
  if (kind === 'urgent-visit' && /urgent (?:care|treatment)|walk[- ]in/i.test(words)) return 'Urgent care visit';
  if (kind === 'community-visit' && /nurs/i.test(words)) return 'Community nurse visit';
  if (code === 'PTS') return 'Patient transport';
  return kindWords[kind];
}

/** A reason given as a reference: its words, unless it was ruled out, entered in error, or is a relative's (misreading 7). */
function reasonName(encounter: Encounter, context: LookContext): string | undefined {
  for (const reference of items(encounter.reasonReference)) {
    if (/FamilyMemberHistory\//.test(text(reference.reference) ?? '')) continue;
    const words = diagnosisWords(reference, encounter, context);
    if (words !== undefined) return words.name;
  }
  return undefined;
}

/** The title as its state has it: `Cancelled: …`, `Planned: …`. */
export function stateTitle(state: State, title: string): string {
  if (state === 'cancelled') return `Cancelled: ${lowerStart(title)}`;
  if (state === 'planned') return `Planned: ${lowerStart(title)}`;
  return title;
}
