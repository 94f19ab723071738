import type { FhirResource } from 'fhir/r4';
import type { KeptPiece, Piece, RecordLink } from '../../hub/feeds/format.ts';
import { hl7V2 } from '../../hub/feeds/hl7/format.ts';
import type { NativeMessage } from '../../mocks/writers/native.ts';

/** What a hospital's messages come to: each person's resources by the hospital's own number. */
export interface HospitalTold {
  bySubject: Map<string, FhirResource[]>;
  links: RecordLink[];
  doubts: Map<string, number>;
  messages: number;
}

/** Takes every message apart and tells every scope once, as the inbox would: of one name the piece that was said last counts. */
export async function tellHospital(
  messages: Iterable<NativeMessage>,
  of: { source: 'system-c' | 'carecast'; organisation: string },
): Promise<HospitalTold> {
  const kept = new Map<string, Piece & { seq: number; at: string }>();
  const told: HospitalTold = { bySubject: new Map(), links: [], doubts: new Map(), messages: 0 };
  const doubt = (sentences: readonly string[]): void => {
    for (const sentence of sentences) told.doubts.set(sentence, (told.doubts.get(sentence) ?? 0) + 1);
  };
  for (const { label, at, bytes } of messages) {
    told.messages += 1;
    const seq = told.messages;
    const receivedAt = new Date(at).toISOString();
    const sorted = hl7V2.sort({ ...of, seq, format: 'hl7-v2', label, receivedAt, bytes });
    doubt(sorted.doubts);
    told.links.push(...sorted.links);
    for (const piece of sorted.pieces) {
      const key = JSON.stringify([piece.subject, piece.scope, piece.name]);
      const said = { ...piece, seq, at: piece.at ?? receivedAt };
      if ((kept.get(key)?.at ?? '') <= said.at) kept.set(key, said);
    }
  }
  const scopes = Map.groupBy([...kept.values()], ({ subject, scope }) => JSON.stringify([subject, scope]));
  for (const pieces of scopes.values()) {
    const [first] = pieces;
    if (first === undefined) continue;
    const { subject, scope } = first;
    const ordered: KeptPiece[] = pieces.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.seq - b.seq));
    const { resources, doubts } = await hl7V2.tell({ ...of, subject, scope }, ordered, () =>
      Promise.resolve(new Map()),
    );
    doubt(doubts);
    told.bySubject.set(subject, [...(told.bySubject.get(subject) ?? []), ...resources]);
  }
  return told;
}
