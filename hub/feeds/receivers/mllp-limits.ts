/** What one port lets its senders have. */
export interface MllpLimits {
  /** Bytes of the longest message. */
  messageBytes: number;
  /** Connections at once. What a port holds in memory is at most these times a message. */
  connections: number;
  /** Bytes outside of any frame after which a connection is no HL7 and is closed. */
  strayBytes: number;
  /** Milliseconds that a connection may be silent between messages. */
  idleMs: number;
  /** Milliseconds from the first byte of a frame to its last. */
  frameMs: number;
  /** Milliseconds that a sender may leave its answers unread. */
  answerMs: number;
  /** Milliseconds that a connection being closed goes on being read, so that its last answer arrives. */
  lingerMs: number;
}

export const mllpLimits: MllpLimits = {
  messageBytes: 16 * 1024 * 1024,
  connections: 32,
  strayBytes: 64 * 1024,
  idleMs: 15 * 60_000,
  frameMs: 2 * 60_000,
  answerMs: 30_000,
  lingerMs: 5000,
};

/** What happened on one port since it was opened, for metrics and the operator. No message is in it. */
export interface MllpCounts {
  connections: number;
  /** Kept and answered AA. */
  kept: number;
  /** Of those, the ones that had been kept before: their answer had not arrived. */
  repeated: number;
  /** Kept for the dead letters and answered AE: no header, or too long. */
  unusable: number;
  /** Not kept because the store did not take it; answered AR. */
  failed: number;
  strayBytes: number;
  /** Messages that a sender gave up halfway and began again. */
  abandoned: number;
  /** Connections that ended in the middle of a message, which was therefore not acknowledged. */
  cutOff: number;
  /** Connections closed because one of the times above had passed. */
  timedOut: number;
  /** Connections refused: too many at once, an address that is not let in, no or a wrong certificate. */
  refused: number;
}

export function noCounts(): MllpCounts {
  return {
    connections: 0,
    kept: 0,
    repeated: 0,
    unusable: 0,
    failed: 0,
    strayBytes: 0,
    abandoned: 0,
    cutOff: 0,
    timedOut: 0,
    refused: 0,
  };
}
