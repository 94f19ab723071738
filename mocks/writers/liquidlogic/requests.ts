import { dateTime } from '../../borough/clock.ts';
import type { CareRequest } from '../../borough/happenings.ts';
import { interweave, interweaveExtra, localIdentifier } from '../codes.ts';
import { type Pen, organisationReference, metaOf } from '../pen.ts';

export function writeRequest(pen: Pen, request: CareRequest): void {
  pen.add({
    resourceType: 'ServiceRequest',
    id: request.id,
    ...metaOf(request.labels),
    extension: [
      interweaveExtra('SocialCareRequesterType', {
        valueCodeableConcept: interweave('SocialCareRequesterType', request.from.code, request.from.text),
      }),
    ],
    identifier: [localIdentifier('socialcarecontact', `706-${request.id}`)],
    status: request.status === 'open' ? 'active' : 'completed',
    intent: 'plan',
    code: { text: 'Request for social care' },
    subject: pen.patient,
    occurrenceDateTime: dateTime(request.start),
    authoredOn: dateTime(request.start),
    performer: [organisationReference(request.team)],
    reasonCode: [interweave('SocialCareContactReason', request.reason.code, request.reason.text)],
    // Interweave's profile leaves no element for what came of a contact; UK Core's does.
    orderDetail: request.outcome === undefined ? undefined : [{ text: `Led to: ${request.outcome}` }],
  });
}
