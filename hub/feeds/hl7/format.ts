import { UnusableMessage, type Format, type InboxMessage, type Sorted } from '../format.ts';
import type { SourceId } from '../../../fhir/sources.ts';
import { carecast } from '../carecast/dialect.ts';
import { systemC } from '../system-c/dialect.ts';
import { adt } from './adt/adt.ts';
import type { Dialect } from './dialect.ts';
import { identityOf } from './identity.ts';
import { documents } from './mdm.ts';
import { type Message, readMessage } from './message.ts';
import { saidAt } from './moment.ts';
import { results } from './oru.ts';
import type { Part } from './part.ts';
import { tellPerson } from './person/tell.ts';
import { personPieces } from './person/pieces.ts';
import { bookings } from './siu.ts';
import { lookUp } from './look-up.ts';

const dialects: readonly Dialect[] = [systemC, carecast];
const parts: readonly Part[] = [adt, bookings, results, documents];

/**
 * HL7 v2 of the two hospitals. What a message says of who the person is goes to their scope `person`, whatever kind it is;
 * the rest is its part's (ADT, SIU, ORU, MDM).
 */
export const hl7V2: Format = {
  name: 'hl7-v2',
  subjectOf,
  sort,
  tell: async (scope, pieces, shared) => {
    const dialect = dialectOf(scope.source);
    if (scope.scope === 'person') return tellPerson(scope, pieces, dialect);
    const [first = ''] = scope.scope.split(' ', 1);
    const part = parts.find(({ scopes }) => scopes.includes(first));
    if (part === undefined) throw new Error(`No part of HL7 v2 tells the scope ${first}`);
    return part.tell(scope, pieces, dialect, shared);
  },
};

function sort(inbox: InboxMessage): Sorted {
  const dialect = dialectOf(inbox.source);
  const message = readMessage(inbox.bytes);
  const odd = senderOf(message, dialect);
  const part = parts.find(({ codes }) => codes.includes(message.code));
  if (part === undefined) {
    throw new UnusableMessage(`${kindOf(message.code)} is not a kind of message this hub reads.`);
  }
  const people = message.all('PID');
  const [pid] = people;
  if (pid === undefined) throw new UnusableMessage('It names nobody: there is no PID segment.');
  if (people.length > 1) throw new UnusableMessage('It is about more than one person (PID).');
  const { subject, doubts } = identityOf(pid, inbox.organisation, dialect);
  if (subject === undefined) throw new UnusableMessage('PID-3 gives no number that this hub can know the person by.');
  const { at, doubt } = saidAt(message, inbox.receivedAt);
  const about = { subject, at, organisation: inbox.organisation, dialect };
  const { pieces, links, doubts: ofPart } = part.sort(message, about);
  const said = [...message.doubts, ...odd, ...doubts, ...(doubt === undefined ? [] : [doubt]), ...ofPart];
  return { pieces: [...personPieces(message, about), ...pieces], links, doubts: [...new Set(said)] };
}

/**
 * What is odd about who sent it and what for (MSH-4, MSH-11). @throws UnusableMessage when another hospital's messages
 * come in by this feed: their numbers would be taken for this hospital's (wrong patient).
 */
function senderOf({ segments: [msh] }: Message, dialect: Dialect): string[] {
  const facility = msh?.at(4) ?? '';
  const owner = dialects.find(({ organisations }) => lookUp(organisations, facility) !== undefined);
  if (owner !== undefined && owner !== dialect) {
    throw new UnusableMessage(`It is from ${facility}, and this feed is another hospital’s.`);
  }
  const mode = msh?.at(11).toUpperCase();
  return mode === 'T' || mode === 'D' ? ['Its sender marks it as a message for training or testing (MSH-11)'] : [];
}

/** Cheap and never failing: only for keeping the order of one person's messages. */
function subjectOf(bytes: Uint8Array): string | undefined {
  try {
    const message = readMessage(bytes);
    const pid = message.first('PID');
    if (pid === undefined) return undefined;
    const sender = message.segments[0]?.at(4) ?? '';
    const dialect = dialects.find(({ organisations }) => lookUp(organisations, sender) !== undefined) ?? systemC;
    return identityOf(pid, sender, dialect).subject;
  } catch (error) {
    if (error instanceof UnusableMessage) return undefined;
    throw error;
  }
}

function dialectOf(source: SourceId): Dialect {
  const dialect = dialects.find((each) => each.source === source);
  if (dialect === undefined) throw new UnusableMessage(`No dialect of HL7 v2 is known for ${source}.`);
  return dialect;
}

/** A message type in a sentence for the operator: only what can be one. */
function kindOf(code: string): string {
  return /^[A-Z0-9]{1,5}$/.test(code) ? code : 'What MSH-9 names';
}
