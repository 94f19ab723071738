import type { CodeableConcept, ServiceRequest } from 'fhir/r4';
import type { CareEvent } from './events.ts';
import { factsOf, isCarer } from './event-facts.ts';
import { interweaveExtra, localIdentifier } from './interweave.ts';
import { metaOf, organisation, type Teller } from './teller.ts';
import { coded } from './words.ts';

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
  const reasons = [detail?.value.reason, row?.route].filter((words) => words !== undefined);
  const lasted = end !== undefined && end.slice(0, 10) !== start?.slice(0, 10);
  const request: ServiceRequest = {
    resourceType: 'ServiceRequest',
    id: each.id,
    ...metaOf(labels),
    ...(detail?.value.requester === undefined ? {} : { extension: [requesterOf(detail.value.requester)] }),
    ...(reference === undefined
      ? {}
      : { identifier: [localIdentifier('socialcarecontact', `${teller.council}-${reference}`)] }),
    // Without an end or an outcome a line of the return is a request that is still open.
    status: statuses[stage === 'open' && detail === undefined && outcome !== undefined ? 'closed' : stage],
    intent: 'plan',
    ...(isCarer(each) ? { category: [{ text: 'Carer' }] } : {}),
    code: { text: 'Request for social care' },
    subject: teller.patient,
    ...(lasted ? { occurrencePeriod: { ...(start === undefined ? {} : { start }), end } } : {}),
    ...(lasted || start === undefined ? {} : { occurrenceDateTime: start }),
    ...(start === undefined ? {} : { authoredOn: start }),
    performer: [organisation(teller, detail?.value.team ?? teller.council)],
    ...(reasons.length === 0 ? {} : { reasonCode: reasons.map(reasonOf) }),
    ...(outcome === undefined ? {} : { orderDetail: [{ text: `Led to: ${outcome}` }] }),
    ...(row?.description === undefined ? {} : { note: [{ text: row.description }] }),
  };
  teller.resources.push(request);
}

function reasonOf(words: string): CodeableConcept {
  return coded('SocialCareContactReason', words);
}

function requesterOf(words: string): ReturnType<typeof interweaveExtra> {
  return interweaveExtra('SocialCareRequesterType', { valueCodeableConcept: coded('SocialCareRequesterType', words) });
}
