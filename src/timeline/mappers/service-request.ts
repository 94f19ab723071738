import type { ServiceRequest } from 'fhir/r4';
import { type LookContext, nameOf } from '../context.ts';
import { formatDate } from '../dates.ts';
import type { Entry, State } from '../entry.ts';
import { laneOf } from '../lane.ts';
import { concept, date, firstConcept, items, keyOf, text } from '../read.ts';
import { sourceOf, statementOf } from '../source.ts';
import { lowerStart, phrases, plainCase, titled } from '../words.ts';
import { interweaveConcept } from './interweave.ts';
import { asCarer } from './carer.ts';
import { timeCautions } from './times.ts';

/** Words that may tell an allegation: never in a row (look.md, social-care request). */
const allegation = /safeguard|abus|neglect|alleg|exploit|violen|assault|rape|slavery|radicali/i;

/** A contact with or referral to the council, or another service's request that belongs to no encounter. */
export function mapServiceRequest(request: ServiceRequest, context: LookContext): Entry {
  const categories = items(request.category).map(concept);
  const words = [concept(request.code), ...categories].filter((word) => word !== undefined);
  const { lane } = laneOf({
    source: sourceOf(request),
    classCode: undefined,
    typeWords: words,
    placeWords: [],
    placeCodes: [],
  });
  const start = date(request.occurrencePeriod?.start) ?? date(request.occurrenceDateTime) ?? date(request.authoredOn);
  const end = date(request.occurrencePeriod?.end);
  const state = stateOf(request);
  const title = titleOf(request, lane);
  return {
    key: keyOf(request),
    kind: 'care-request',
    lane,
    state,
    title: state === 'cancelled' ? `Withdrawn: ${lowerStart(title)}` : title,
    detail: phrases(
      fromWords(request, context),
      ...items(request.performer).map((team) => nameOf(team, request, context)),
      outcomeWords(request, lane),
    ),
    facts: phrases(
      stateWords(request),
      asCarer(...words, firstConcept(request.reasonCode)) ? 'As a carer' : undefined,
      end === undefined ? undefined : `until ${formatDate(end)}`,
    ).slice(0, 3),
    cautions: timeCautions(
      { start: request.occurrencePeriod?.start, end: request.occurrencePeriod?.end },
      request.occurrenceDateTime ?? request.authoredOn,
    ),
    start,
    end,
    lasting: false,
    moves: [],
    children: [],
    statements: [statementOf(request)],
  };
}

function titleOf(request: ServiceRequest, lane: Entry['lane']): string {
  const code = concept(request.code);
  const reason = firstConcept(request.reasonCode);
  if (lane === 'mental-health') return 'Request for mental health care';
  if (lane !== 'social-care') return titled('Request', code ?? reason);
  if (allegation.test(`${code ?? ''} ${reason ?? ''}`)) return 'Request for social care: safeguarding concern';
  const plain =
    /^(?:request|contact|referral|social care (?:request|contact|referral)|request for (?:social care|support))$/i;
  const about = reason ?? (code !== undefined && !plain.test(code) ? code : undefined);
  return titled(
    'Request for social care',
    about === undefined ? undefined : plainCase(about.replace(/^request for /i, '')),
  );
}

function fromWords(request: ServiceRequest, context: LookContext): string | undefined {
  const name = nameOf(request.requester, request, context);
  // A person who asks for help is never named in the row.
  const type = text(request.requester?.reference)?.split('/')[0] ?? text(request.requester?.type);
  if (type === 'Patient') return 'Asked for by the person';
  if (type === 'RelatedPerson') return 'Asked for by somebody close to the person';
  const kind = interweaveConcept(request, 'SocialCareRequesterType');
  if (name === undefined && /^self\b/i.test(kind ?? '')) return 'Asked for by the person';
  // Interweave's list of kinds explains each in brackets, longer than the row.
  const who = name ?? (kind === undefined ? undefined : plainCase(kind.replace(/ \([^()]*\)$/, '')));
  return who === undefined ? undefined : `Asked for by: ${who}`;
}

/** An outcome the source states in words: Interweave gives it as a note or a later order detail. */
function outcomeWords(request: ServiceRequest, lane: Entry['lane']): string | undefined {
  const outcome = firstConcept(request.orderDetail);
  return outcome === undefined || lane === 'mental-health' || allegation.test(outcome) ? undefined : outcome;
}

function stateOf(request: ServiceRequest): State {
  const status = text(request.status);
  if (status === 'revoked') return 'cancelled';
  return status === 'active' || status === 'draft' || status === 'on-hold' ? 'open' : 'closed';
}

function stateWords(request: ServiceRequest): string {
  switch (text(request.status) ?? '') {
    case 'active':
      return 'open';
    case 'draft':
      return 'draft';
    case 'on-hold':
      return 'On hold';
    case 'completed':
      return 'closed';
    case 'revoked':
      return 'withdrawn';
    default:
      return 'Open or closed: not known';
  }
}
