import type { KeptPiece, ReadShared, Scope, Sorted, Told } from '../format.ts';
import type { Dialect } from './dialect.ts';
import type { Message } from './message.ts';

/** Whom a message is about and how its sender writes. */
export interface About {
  /** The hospital's own number for the person; the id its Patient has. */
  subject: string;
  /** When the source says that it said so (EVN-2, else MSH-7), ISO 8601 UTC. */
  at: string | undefined;
  /** ODS code of the hospital. */
  organisation: string;
  dialect: Dialect;
}

/** One kind of HL7 message: ADT, SIU, ORU, MDM. */
export interface Part {
  /** MSH-9.1 of what it reads. */
  codes: readonly string[];
  /** The first words of the scopes that it tells: `visit` of `visit 2139`. */
  scopes: readonly string[];
  /** What the message says beside who the person is, which is read for every kind (`person/`). @throws UnusableMessage */
  sort(message: Message, about: About): Sorted;
  /** One of its scopes as resources. */
  tell(scope: Scope, pieces: readonly KeptPiece[], dialect: Dialect, shared: ReadShared): Promise<Told>;
}
