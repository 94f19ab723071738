import type { FailureKind } from '../launch/session.ts';

const words: Record<FailureKind, string> = {
  unreachable: 'The record service did not answer.',
  timeout: 'The record service took too long to answer.',
  server: 'The record service reported a fault of its own.',
  refused: 'The record service does not let you read this.',
  'signed-out': 'Your session has ended.',
  'stale-sign-on': 'You signed on too long ago for this.',
  'not-found': 'The record service does not have it.',
  malformed: 'The answer was damaged or cut short.',
  'wrong-patient': "The answer held another person's information, and was thrown away.",
  unsupported: 'The record service cannot be asked for this.',
  aborted: 'Reading was stopped.',
};

/** Why something could not be read, as a sentence a clinician understands. */
export function failureWords(kind: FailureKind | undefined): string {
  return kind === undefined ? 'It could not be read.' : words[kind];
}
