import type { FhirResource } from 'fhir/r4';
import { createHash } from 'node:crypto';
import { UnusableMessage, type Piece, type RecordLink, type Sorted, type Told } from '../../format.ts';
import { mergedIdentityOf } from '../identity.ts';
import type { Message } from '../message.ts';
import type { About, Part } from '../part.ts';
import { encounterOf } from './encounter.ts';
import { mergeEvents, personEvents, unmergeEvent, visitSteps } from './events.ts';
import { findingsOf } from './findings.ts';
import { sensitivitiesOf } from '../sensitivity.ts';
import { stopsOf } from './moves.ts';
import { inOrder, keptOf } from './visit-message.ts';
import { stateOf } from './visit-state.ts';
import { lookUp } from '../look-up.ts';

/** ADT: visits and who the person is (HL7 v2.4 chapter 3). Every message of a visit is kept; the visit is told of all of them. */
export const adt: Part = {
  codes: ['ADT'],
  scopes: ['visit'],
  sort,
  tell: async ({ subject, organisation, scope }, pieces, dialect): Promise<Told> => {
    const doubts: string[] = [];
    const messages = inOrder(pieces);
    if (messages.length === 0) return { resources: [], doubts };
    const holder = { subject, organisation, dialect };
    const state = stateOf(messages);
    const key = scope.slice('visit '.length);
    const number = state.said('PV1', 19)?.at(19);
    const newest = messages.map(({ message }) => message).reverse();
    const sensitivities = sensitivitiesOf(newest, dialect);
    const visit = { number, key, state, stops: stopsOf(messages, dialect, doubts), sensitivities };
    const encounter = encounterOf(visit, holder, doubts);
    const lists = { diagnoses: state.list('DG1'), procedures: state.list('PR1') };
    const { resources, diagnosis } = findingsOf(encounter, lists, holder, doubts);
    if (diagnosis.length > 0) encounter.diagnosis = diagnosis;
    const told: FhirResource[] = [encounter, ...resources];
    return { resources: told, doubts: [...new Set(doubts)] };
  },
};

function sort(message: Message, about: About): Sorted {
  const { event } = message;
  if (personEvents.has(event)) return { pieces: [], links: [], doubts: [] };
  if (mergeEvents.has(event) || event === unmergeEvent)
    return { pieces: [], links: [linkOf(message, about)], doubts: [] };
  const step = lookUp(visitSteps, event);
  if (step === undefined)
    throw new UnusableMessage(`ADT ${event.slice(0, 3) || 'without an event'} is not a message this hub reads.`);
  const key = keyOf(message);
  if (key === undefined) {
    // An update that names no visit is about the person.
    if (event === 'A08') return { pieces: [], links: [], doubts: [] };
    throw new UnusableMessage(`ADT ${event} that names no visit: neither a visit number (PV1-19) nor a time (PV1-44).`);
  }
  const content = keptOf(message);
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const name = `${event} ${digest}`;
  const piece: Piece = { subject: about.subject, scope: `visit ${key}`, name, at: about.at, content };
  const numbered = message.first('PV1')?.at(19) !== '';
  return { pieces: [piece], links: [], doubts: numbered ? [] : ['A visit without a number: known by when it began'] };
}

/** What a visit goes by: its number, else when it began. */
function keyOf(message: Message): string | undefined {
  const pv1 = message.first('PV1');
  const number = pv1?.at(19) ?? '';
  if (number !== '') return number;
  const start = pv1?.at(44) ?? '';
  return start === '' ? undefined : `from ${start}`;
}

/** The record of MRG-1 and the one of PID-3 are one (MRG-1 goes), or are not after all. */
function linkOf(message: Message, { subject, organisation, at, dialect }: About): RecordLink {
  const mrg = message.all('MRG');
  const [only] = mrg;
  if (only === undefined || mrg.length > 1) {
    throw new UnusableMessage(`ADT ${message.event} with ${mrg.length} MRG segments: whose record goes is not clear.`);
  }
  const { subject: gone } = mergedIdentityOf(only, organisation, dialect);
  if (gone === undefined || gone === subject) {
    throw new UnusableMessage(`ADT ${message.event} whose MRG-1 names no other record.`);
  }
  return { kind: message.event === unmergeEvent ? 'unmerge' : 'merge', keep: subject, gone, at };
}
