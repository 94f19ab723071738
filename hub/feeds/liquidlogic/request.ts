import type { CodeableConcept, ServiceRequest } from 'fhir/r4';
import type { CareEvent } from './events.ts';
import { factsOf, isCarer } from './event-facts.ts';
import { interweaveExtra, localIdentifier } from './interweave.ts';
import { metaOf, organisation, periodOf, type Teller } from './teller.ts';
import { listed } from './told.ts';
import { codeFor, coded } from './words.ts';

const statuses = {
  planned: 'active',
  open: 'active',
  onhold: 'on-hold',
  closed: 'completed',
  cancelled: 'revoked',
} as const;

/** A contact with the council (Interweave SocialCareContact). What came of it stands as its order detail, in words. */
export function tellRequest(teller: Teller, each: CareEvent): void {
  const { line, detail, reference } = each;
  const { start, end, stage, labels } = factsOf(teller, each);
  const row = line?.row;
  const outcome = detail?.value.outcome ?? row?.outcome;
  const reasons = [detail?.value.reason, isReason(row?.route) ? row?.route : undefined].filter(
    (words) => words !== undefined,
  );
  const categories = [isCarer(each) ? 'Carer' : undefined, row?.route].filter((words) => words !== undefined);
  const lasted = end !== undefined && end.slice(0, 10) !== start?.slice(0, 10);
  const request: ServiceRequest = {
    resourceType: 'ServiceRequest',
    id: each.id,
    ...metaOf(labels),
    extension: detail?.value.requester === undefined ? undefined : [requesterOf(detail.value.requester)],
    identifier:
      reference === undefined ? undefined : [localIdentifier('socialcarecontact', `${teller.council}-${reference}`)],
    // Without an end or an outcome a line of the return is a request that is still open.
    status: statuses[stage === 'open' && detail === undefined && outcome !== undefined ? 'closed' : stage],
    intent: 'plan',
    category: listed(categories.map((text) => ({ text }))),
    code: { text: 'Request for social care' },
    subject: teller.patient,
    occurrencePeriod: lasted ? periodOf(start, end) : undefined,
    occurrenceDateTime: lasted ? undefined : start,
    authoredOn: start,
    performer: [organisation(teller, detail?.value.team ?? teller.council)],
    reasonCode: listed(reasons.map(reasonOf)),
    orderDetail: outcome === undefined ? undefined : [{ text: outcomeWords(outcome) }],
    note: row?.description === undefined ? undefined : [{ text: row.description }],
  };
  teller.resources.push(request);
}

/** `NFA` is no further action: it led to nothing. */
function outcomeWords(outcome: string): string {
  return /^NFA\b/i.test(outcome) ? outcome.replace(/^NFA\b/i, 'No further action') : `Led to: ${outcome}`;
}

/** A route of access that is a reason by itself: from hospital, from children's services. Any other says only which way it came. */
function isReason(route: string | undefined): boolean {
  return route !== undefined && codeFor('SocialCareContactReason', route) !== undefined;
}

function reasonOf(words: string): CodeableConcept {
  return coded('SocialCareContactReason', words);
}

function requesterOf(words: string): ReturnType<typeof interweaveExtra> {
  return interweaveExtra('SocialCareRequesterType', { valueCodeableConcept: coded('SocialCareRequesterType', words) });
}
