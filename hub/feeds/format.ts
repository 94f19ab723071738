import type { FhirResource } from 'fhir/r4';
import type { SourceId } from '../../fhir/sources.ts';

/** The ways the five systems write; each has a module of its own that knows it (`hub/feeds/formats.ts` lists them). */
export const formatNames = [
  'hl7-v2',
  'gp-connect',
  'emis-csv',
  'adastra-case',
  'nhs-111-cda',
  'client-level-data',
  'social-care-extension',
] as const;
export type FormatName = (typeof formatNames)[number];

/** One message or file as it came, kept before it was acknowledged. */
export interface InboxMessage {
  /** Its place in the inbox; rises. */
  seq: number;
  source: SourceId;
  /** ODS code of the organisation whose system sent it, as configured for this feed. */
  organisation: string;
  format: FormatName;
  /** What the sender calls it: a message control id, a file's name. No patient data. */
  label: string;
  /** ISO 8601 UTC. */
  receivedAt: string;
  bytes: Uint8Array;
}

/** One thing that a message says, kept until the source says it otherwise. */
export interface Piece {
  /** The source's own number for the person, the id its Patient is given; empty for what is about nobody (staff, codes). */
  subject: string;
  /** What is told as a whole: all pieces of one scope come together to its resources (`person`, `visit 2139`). */
  scope: string;
  /** Its name within the scope: a later piece of the same name takes its place. */
  name: string;
  /** When the source says that it said so, ISO 8601 UTC; undefined counts as when it came. Orders pieces, whenever they come. */
  at: string | undefined;
  /** In the format's own words; JSON or text. Empty is a thing taken back by its source: kept, so that an older telling that comes late stays gone. */
  content: string;
}

/**
 * The scope that says who a record's person is. It stays with its own number when the source makes two records one; all other
 * scopes of both are then told as one, under the number that was kept.
 */
export const ownScope = 'person';

/** The scope of formats that tell all that a source holds of a person as a whole. */
export const wholeRecord = 'record';

/** Two of the source's patient records are one person, or are not after all. */
export type RecordLink =
  | { kind: 'merge'; keep: string; gone: string; at: string | undefined }
  | { kind: 'unmerge'; keep: string; gone: string; at: string | undefined };

/** A message taken apart. */
export interface Sorted {
  pieces: Piece[];
  links: RecordLink[];
  /** What was odd, in sentences without patient data: for the operator. */
  doubts: string[];
  /** Names within `wholeRecord` of what it said something of without saying whose it is: whoever holds one is told again. */
  again?: readonly string[];
}

/** A piece as it is kept: of one name only the last one is. */
export interface KeptPiece {
  name: string;
  /** ISO 8601 UTC. */
  at: string;
  seq: number;
  content: string;
}

/** Whose scope is told. */
export interface Scope {
  source: SourceId;
  organisation: string;
  subject: string;
  scope: string;
}

/** What one scope comes to, in FHIR R4 UK Core with the source's own ids; references as `Type/own-id`. */
export interface Told {
  resources: FhirResource[];
  doubts: string[];
  /** Something that it goes by (a code list) has not come: it is told again when more of what is about nobody comes. */
  lacks?: boolean;
}

/** Pieces about nobody (code lists, staff, organisations) by scope and name; what is not there is left out. */
export type ReadShared = (scope: string, names: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/**
 * How one format is read. Both steps are pure but for `shared`: the same message always gives the same pieces, the same
 * pieces the same resources, in whatever order messages came. So a span of the inbox can be told again and changes
 * nothing, and a better mapper repairs the record when it is.
 */
export interface Format {
  name: FormatName;
  /** The person a message is about, cheaply and without throwing: messages of one subject are worked one after another. Undefined for a file about many. */
  subjectOf(bytes: Uint8Array): string | undefined;
  /** Takes a message apart. @throws UnusableMessage */
  sort(message: InboxMessage): Sorted;
  /**
   * Everything that is kept of one scope, oldest first, as resources. What a scope told before and tells no more is
   * withdrawn. The scope that tells of the person has their Patient (id: the subject) among its resources.
   */
  tell(scope: Scope, pieces: readonly KeptPiece[], shared: ReadShared): Promise<Told>;
}

/** A message that cannot be used goes to the dead letters with this reason: a sentence without patient data. */
export class UnusableMessage extends Error {
  override name = 'UnusableMessage';
}
