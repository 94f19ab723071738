import type { ServiceRequest } from 'fhir/r4';
import { snomed } from '../../../../fhir/systems.ts';
import type { JsonObject } from '../../../resource/json.ts';
import { concept, concepts, identifier, identifiers, notes, period } from './datatypes.ts';
import { object, oneOf, some, words } from './read.ts';
import type { Reading } from './reading.ts';

const statuses = ['draft', 'active', 'on-hold', 'revoked', 'completed', 'entered-in-error', 'unknown'] as const;
/** STU3's words for two states that R4 calls otherwise. */
const renamed = new Map<string, (typeof statuses)[number]>([
  ['suspended', 'on-hold'],
  ['cancelled', 'revoked'],
]);
const intents = [
  'proposal',
  'plan',
  'order',
  'original-order',
  'reflex-order',
  'filler-order',
  'instance-order',
  'option',
] as const;

/** A referral to another service. What it is for stands in the reason, as the practice coded it; in its own words in a note. */
export function referral(sent: JsonObject, reading: Reading): ServiceRequest {
  return {
    ...requestOf(sent, reading),
    category: [{ coding: [{ system: snomed, code: '3457005', display: 'Patient referral' }], text: 'Referral' }],
    code: concept(sent['serviceRequested']) ?? concept(sent['type']),
    requisition: identifier(sent['groupIdentifier']),
    performerType: concept(sent['specialty']),
    performer: reading.referAll(sent['recipient']),
    note: notes(words(sent['description']), sent['note']),
  };
}

/** Something the practice means to do or has asked for: a recall or review in its diary, or a test it requested. */
export function diaryEntry(sent: JsonObject, reading: Reading): ServiceRequest {
  return {
    ...requestOf(sent, reading),
    category: concepts(sent['category']) ?? [{ text: sent['intent'] === 'plan' ? 'Diary entry' : 'Request' }],
    code: concept(sent['code']),
    requisition: identifier(sent['requisition']),
    asNeededBoolean: sent['asNeededBoolean'] === true ? true : undefined,
    performerType: concept(sent['performerType']),
    performer: some([reading.refer(sent['performer'])]),
    bodySite: concepts(sent['bodySite']),
    specimen: reading.referAll(sent['specimen']),
    note: notes(sent['note']),
  };
}

function requestOf(sent: JsonObject, reading: Reading): ServiceRequest {
  const requester = object(sent['requester']);
  const stated = words(sent['status']) ?? '';
  return {
    resourceType: 'ServiceRequest',
    id: reading.idOf(sent),
    identifier: identifiers(sent['identifier']),
    basedOn: reading.referAll(sent['basedOn']),
    replaces: reading.referAll(sent['replaces']),
    status: renamed.get(stated) ?? oneOf(stated, statuses) ?? 'unknown',
    intent: oneOf(sent['intent'], intents) ?? 'order',
    priority: oneOf(sent['priority'], ['routine', 'urgent', 'asap', 'stat']),
    subject: reading.patient,
    encounter: reading.refer(sent['context']),
    occurrenceDateTime: words(sent['occurrenceDateTime']),
    occurrencePeriod: words(sent['occurrenceDateTime']) === undefined ? period(sent['occurrencePeriod']) : undefined,
    authoredOn: words(sent['authoredOn']),
    requester: reading.refer(requester?.['agent'] ?? sent['requester']) ?? reading.refer(requester?.['onBehalfOf']),
    reasonCode: concepts(sent['reasonCode']),
    reasonReference: some([...(reading.referAll(sent['reasonReference']) ?? []), ...(reading.problemsOf(sent) ?? [])]),
    supportingInfo: reading.referAll(sent['supportingInfo']),
  };
}
