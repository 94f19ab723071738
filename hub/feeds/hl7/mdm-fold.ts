import type { Message, Segment } from './message.ts';
import type { Said } from './message-piece.ts';

/** Everything that was said of one document. */
export interface Document {
  /** Its messages, the last first. */
  newest: readonly Message[];
  /** Whether its last word is that it was sent by mistake (T11). */
  cancelled: boolean;
  /** A component of a field of TXA as last stated; '' where that was HL7's null, or nobody stated it. */
  at(field: number, component?: number): string;
  /** The TXA that states this field last. */
  last(field: number): Segment | undefined;
  /** When its last message was sent, ISO 8601 UTC. */
  sent: string | undefined;
  /** The document that this one replaces or adds to (TXA-13), by the event that says so. */
  parent: { number: string; code: 'replaces' | 'appends' } | undefined;
  /** The OBX segments of the last message that brought content. */
  obxs: Segment[];
}

/**
 * The messages of one document, oldest first, as it stands after them: a document sent again replaces what was there, a
 * notification without content (T01, T03) leaves the content as it was.
 */
export function foldDocument(said: readonly Said[]): Document {
  const newest = said.map(({ message }) => message).toReversed();
  const last = (field: number): Segment | undefined =>
    newest.map((message) => message.first('TXA')).find((txa) => txa?.states(field) === true);
  return {
    newest,
    cancelled: said.at(-1)?.event === 'T11',
    last,
    at: (field, component) => last(field)?.at(field, component) ?? '',
    sent: said.at(-1)?.at,
    parent: said.map(parentIn).findLast((parent) => parent !== undefined),
    obxs: newest.map((message) => message.all('OBX')).find((segments) => segments.some((obx) => obx.states(5))) ?? [],
  };
}

function parentIn({ event, message }: Said): Document['parent'] {
  const number = message.first('TXA')?.at(13) ?? '';
  if (number === '') return undefined;
  if (event === 'T09' || event === 'T10') return { number, code: 'replaces' };
  return event === 'T05' || event === 'T06' ? { number, code: 'appends' } : undefined;
}
