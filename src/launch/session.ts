/** A live authorization for one person: everything the rest of the app may know of the launch. */
export interface Session {
  /** The hub's FHIR base, no trailing slash. */
  base: string;
  /** The hub's name from /config.json. */
  hubName: string;
  /** The one person the token names. */
  patientId: string;
  /** The encounter in context, when the launching system named one. */
  encounterId: string | undefined;
  /** What was granted, as a list of scopes. */
  scopes: readonly string[];
  /** False only when the launching system said that it shows the banner itself. */
  needPatientBanner: boolean;
  /** Who reads, from the verified id_token. */
  user: { name: string | undefined; fhirUser: string | undefined };
  /** Opened from which system (`EMIS`, `Intranet`), where the hub says so, and when (epoch milliseconds). */
  openedFrom: string | undefined;
  /** The reader's own organisation, by ODS code and name, where the hub says so. */
  organisation?: Organisation | undefined;
  openedAt: number;
  /** When this user last opened this person in an earlier sitting (T14), where the hub tells it; epoch milliseconds. */
  lastOpenedAt?: number | undefined;
  /** Minutes without use after which the record is covered, where the app's configuration says so. */
  idleMinutes?: number | undefined;
  /** How often the screen has had everything read anew with it; what is cached is kept apart by it. */
  readings?: number;
  /**
   * Reads from the hub with the session's token: refreshes first when the token is about to end, never sends the token
   * outside `base`. `path` is relative to `base`, or absolute within it. Rejects with ReadFailure.
   */
  read(path: string, options?: { signal?: AbortSignal; timeoutMs?: number }): Promise<Reading>;
  /**
   * Sends a resource to the hub with the session's token, under the same rules as `read`; `ifMatch` is the version that is
   * changed. An answer without a body has an undefined one. Never sent twice but after a 401, which did nothing.
   * Rejects with ReadFailure, `stale-sign-on` where the hub wants a fresh sign-on first (RFC 9470).
   */
  send(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object, ifMatch?: string): Promise<Reading>;
  /** Subscribes to the end of the session; returns the way to unsubscribe. */
  onEnd(listener: () => void): () => void;
}

export interface Organisation {
  code: string;
  name: string;
}

export interface Reading {
  /** Parsed JSON body. */
  body: unknown;
  /** The server's Date header in epoch milliseconds, where sent. */
  serverTime: number | undefined;
}

/** Why a read failed, as the page tells it apart. */
export type FailureKind =
  | 'unreachable' // no answer: network or hub down
  | 'timeout'
  | 'server' // 5xx
  | 'refused' // 403: scope or policy
  | 'signed-out' // 401, or refresh refused
  | 'stale-sign-on' // 401: the session stands, but for this the sign-on is too long ago (RFC 9470)
  | 'not-found'
  | 'malformed' // not JSON, cut short, or not the resource it should be
  | 'wrong-patient' // the answer holds another person's resource
  | 'unsupported' // 400/501: the hub lacks this search
  | 'aborted';

export class ReadFailure extends Error {
  readonly kind: FailureKind;
  readonly status: number | undefined;
  constructor(kind: FailureKind, message: string, status?: number) {
    super(message);
    this.name = 'ReadFailure';
    this.kind = kind;
    this.status = status;
  }
}
