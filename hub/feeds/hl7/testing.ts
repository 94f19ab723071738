import type { FhirResource } from 'fhir/r4';
import type { InboxMessage, KeptPiece, RecordLink } from '../format.ts';
import { hl7V2 } from './format.ts';

/** What messages come to, without a store: every scope told of the last piece of each name. */
export interface ToldOfAll {
  resources: FhirResource[];
  links: RecordLink[];
  doubts: string[];
}

/** Takes HL7 messages (lines) apart and tells all they touch, in the order given, as the inbox would. @throws UnusableMessage */
export async function tellMessages(
  messages: readonly string[],
  from: { source: 'system-c' | 'carecast'; organisation: string } = { source: 'system-c', organisation: 'RKE' },
): Promise<ToldOfAll> {
  const scopes = new Map<string, { subject: string; scope: string; pieces: Map<string, KeptPiece> }>();
  const told: ToldOfAll = { resources: [], links: [], doubts: [] };
  for (const [index, text] of messages.entries()) {
    const message = inboxMessage(text, index + 1, from);
    const { pieces, links, doubts } = hl7V2.sort(message);
    told.links.push(...links);
    told.doubts.push(...doubts);
    for (const { subject, scope, name, at = message.receivedAt, content } of pieces) {
      const key = `${subject}\u0000${scope}`;
      const of = scopes.get(key) ?? { subject, scope, pieces: new Map<string, KeptPiece>() };
      const before = of.pieces.get(name);
      if (before === undefined || before.at <= at) of.pieces.set(name, { name, at, seq: message.seq, content });
      scopes.set(key, of);
    }
  }
  const ordered = [...scopes.values()].sort((a, b) => (a.subject + a.scope < b.subject + b.scope ? -1 : 1));
  for (const { subject, scope, pieces } of ordered) {
    const kept = [...pieces.values()].sort((a, b) => (a.at === b.at ? a.seq - b.seq : a.at < b.at ? -1 : 1));
    const { resources, doubts } = await hl7V2.tell({ ...from, subject, scope }, kept, () => Promise.resolve(new Map()));
    told.resources.push(...resources);
    told.doubts.push(...doubts);
  }
  return { ...told, doubts: [...new Set(told.doubts)].sort() };
}

/** A message as the inbox keeps it, received at the end of 2026. */
export function inboxMessage(
  text: string,
  seq: number,
  from: { source: 'system-c' | 'carecast'; organisation: string },
): InboxMessage {
  return {
    ...from,
    seq,
    format: 'hl7-v2',
    label: `message ${seq}`,
    receivedAt: '2026-12-31T00:00:00.000Z',
    bytes: Buffer.from(text),
  };
}
