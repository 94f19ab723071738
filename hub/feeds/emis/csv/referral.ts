import type { ServiceRequest } from 'fhir/r4';
import { day, dayAndTime } from './dates.ts';
import { spokenDay } from './registration.ts';
import { guid, lookUp, type Row } from './row.ts';
import { effectiveOf, encounterOf, head, list, notesOf, problemOf, type Telling } from './told.ts';

/** NHS e-Referral Service: unique booking reference number. */
const bookingNumberSystem = 'https://fhir.nhs.uk/Id/UBRN';

/** A referral to another service: the entry in the record, and what EMIS keeps of it beside that. */
export function referral(telling: Telling, id: string, row: Row, details: Row): ServiceRequest {
  const { patient, words } = telling;
  const closed = day(details['ReferralEndDate']) ?? day(details['ReferralEpisodeClosureDate']);
  const reason = guid(details['ReferralReasonCodeId']);
  const urgency = details['ReferralUrgency'];
  return {
    resourceType: 'ServiceRequest',
    ...head(id, row),
    identifier: list(bookingNumber(details)),
    status: closed === undefined ? 'active' : 'completed',
    intent: 'order',
    category: list({ text: 'Referral' }, serviceType(details)),
    priority: lookUp(priorities, urgency?.toLowerCase()),
    code: words.concept(guid(row['CodeId'])),
    subject: patient,
    encounter: encounterOf(telling, row),
    authoredOn: effectiveOf(row) ?? dayAndTime(details['ReferralReceivedDate'], details['ReferralReceivedTime']),
    requester: words.staff(guid(row['ClinicianUserInRoleGuid'])) ?? words.organisation(guid(row['OrganisationGuid'])),
    performer: list(words.organisation(guid(details['ReferralTargetOrganisationGuid']))),
    reasonCode: reason === undefined ? undefined : [words.concept(reason)],
    reasonReference: problemOf(telling, row, 'ProblemGuid'),
    // FHIR has three urgencies and the practice more: its own word stands beside them.
    note: notesOf(
      row,
      labelled('Urgency', urgency),
      labelled('Sent by', details['ReferralMode']),
      closed === undefined ? undefined : `Closed ${spokenDay(closed)}`,
    ),
  };
}

const priorities: Record<string, ServiceRequest['priority']> = {
  routine: 'routine',
  soon: 'asap',
  urgent: 'urgent',
  '2 week wait': 'urgent',
  'two week wait': 'urgent',
};

function bookingNumber(details: Row): { system: string; value: string } | undefined {
  return details['ReferralUBRN'] === undefined
    ? undefined
    : { system: bookingNumberSystem, value: details['ReferralUBRN'] };
}

function serviceType(details: Row): { text: string } | undefined {
  return details['ReferralServiceType'] === undefined ? undefined : { text: details['ReferralServiceType'] };
}

function labelled(label: string, words: string | undefined): string | undefined {
  return words === undefined ? undefined : `${label}: ${words}`;
}
