import type { OperationOutcomeIssue, Patient, Resource } from 'fhir/r4';
import type { FailureKind } from '../launch/session.ts';

/** The streams the timeline is read from, each a sorted, paged search (timeline.md, "What is in it"). */
export const streamIds = [
  'Encounter',
  'Appointment',
  'ServiceRequest',
  'Task',
  'EpisodeOfCare',
  'DocumentReference',
  'DiagnosticReport',
  'Observation',
] as const;
export type StreamId = (typeof streamIds)[number];

/** What one stream has brought so far. */
export interface StreamState {
  id: StreamId;
  /** `stopped`: the reader pressed Stop. `failed`: no answer or a bad one; what came before the failure is kept. */
  status: 'loading' | 'complete' | 'stopped' | 'failed';
  /** A page has been awaited for longer than people expect (10 s), and is still awaited: said, since it may hang (T3). */
  slow: boolean;
  /** In the order the hub sent them, newest first; only resources of this person. */
  resources: readonly Resource[];
  pages: number;
  /**
   * Everything at or after this instant (epoch milliseconds) has been read; undefined before the first page. A complete
   * stream is -Infinity. What has no date comes last, so it counts only when complete.
   */
  readBackTo: number | undefined;
  failure: { kind: FailureKind; at: number; message: string } | undefined;
  /** The hub does not send the newest first: what came counts only once all of it has come. */
  unordered?: boolean;
  /** The hub has no such records, and so none can come. */
  absent?: boolean;
}

/**
 * What another hub than our own lacks, in words (record/other-hub). `lacks`: something may be missing for it. `limits`: it only
 * takes longer, or reads worse. `listed`: said with the sources alone. `key` is stable and unique among them.
 */
export type HubLack = { key: string; text: string } & ({ kind: 'lacks' | 'limits' } | { kind: 'listed' });

/** One source as the hub states it: from its Endpoint and from outcome entries of the searches. */
export interface SourceState {
  /** `emis`, … or the Endpoint's id on another hub. */
  id: string;
  name: string;
  status: 'ok' | 'late' | 'failed' | 'partial' | 'not-connected';
  /** Its data is as at this instant, ISO 8601. */
  asAt: string | undefined;
  /** It holds nothing before this date. */
  startsFrom: string | undefined;
  /** The hub's words about it, where it said any. */
  message: string | undefined;
}

/** Everything read about the person, as the screens show it. A new object whenever anything in it changed. */
export interface RecordState {
  patient: { status: 'loading' | 'read' | 'failed'; resource: Patient | undefined; failure: FailureKind | undefined };
  streams: Record<StreamId, StreamState>;
  /** Resources brought by `_include`, by `Type/id`: places, staff, organisations. */
  included: ReadonlyMap<string, Resource>;
  sources: readonly SourceState[];
  /** Whether the sources could be read at all: without them nobody can say what is connected. */
  sourcesRead: 'loading' | 'read' | 'failed';
  /** What this hub lacks, where it is not one that tells of its sources; undefined until that is known. */
  hub?: readonly HubLack[];
  /** Issues from OperationOutcome entries that are about the whole record and no source. */
  notices: readonly OperationOutcomeIssue[];
  /** `some` when the hub said that something is withheld with notice. */
  withheld: 'none' | 'some';
  /** Resources that named another person: never shown, counted and said, with the streams they were sent among. */
  strangers: number;
  strangersIn: readonly StreamId[];
  /** When the newest answer came, epoch milliseconds. */
  readAt: number | undefined;
  /** What became of reading everything anew; undefined until somebody asked for it. */
  again?: ReadAgain;
}

/** How one resource differs from what the page showed before. */
export interface Change {
  how: 'new' | 'changed';
  /** When what was shown before had been read, epoch milliseconds. */
  since: number;
}

/** Reading everything anew beside what is shown, which stays until the new reading can stand for all of it (T2). */
export interface ReadAgain {
  status: 'reading' | 'done' | 'failed';
  /** When it last ended, well or not; epoch milliseconds. */
  at: number | undefined;
  /** How often it has ended well: whatever was read beside the streams is to be read anew when it grows. */
  readings: number;
  /** By `Type/id`, of this sitting. */
  changes: ReadonlyMap<string, Change>;
  /** When a reading found that a number or a source the person was known by had been taken back, epoch milliseconds; undefined while none did. */
  takenBackAt: number | undefined;
  /** As they were shown before their source marked them as entered in error (misreading 13), of this sitting. */
  withdrawn: readonly Resource[];
}

/** The record being read: a store the screens subscribe to. */
export interface RecordReader {
  state: () => RecordState;
  subscribe: (listener: () => void) => () => void;
  /** Stops loading older pages; `resume` goes on from there. */
  stop(): void;
  resume(): void;
  /** Reads a failed stream again from where it broke off, or the patient or the sources. */
  retry(what: StreamId | 'patient' | 'sources'): void;
  /**
   * Reads everything anew, beside what is shown. What was read before stays until all of it has been read again, and for
   * good where that fails; nothing is ever shown half and half. While a first reading goes on it does nothing.
   */
  readAgain(): void;
  /** Ends all reading. */
  close(): void;
}

/** One reading of the record, from its first page on. */
export type Reading = Omit<RecordReader, 'readAgain'>;
