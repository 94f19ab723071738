import { hash } from 'node:crypto';
import { answerTo, readHeader } from './mllp-answer.ts';
import type { MllpEvent } from './mllp-frames.ts';
import type { MllpCounts } from './mllp-limits.ts';
import type { FeedName, Keep } from './received.ts';
import { refusalNotice } from './refusal-notice.ts';

/** What a sender is told, and whether the connection ends with it. */
export interface Taken {
  answer: Buffer;
  last: boolean;
}

/**
 * Keeps what came out of the stream and says what its sender is to be told: AA only when the message is committed. What
 * has no header is kept too, for the dead letters, and answered AE. When the store takes nothing it is AR, and the
 * connection ends, so that no message that is already on its way overtakes the one that will be sent again.
 * Never rejects.
 */
export async function takeFrame(event: MllpEvent, feed: FeedName, keep: Keep, counts: MllpCounts): Promise<Taken> {
  const header = readHeader(event.kind === 'frame' ? event.bytes : event.head);
  const answer = (code: 'AA' | 'AE' | 'AR', words = '') => answerTo(header, code, words, Date.now());
  const tooLong = event.kind === 'too-long';
  const bytes = tooLong ? refusalNotice('A message was longer than is taken.', headerLine(event.head)) : event.bytes;
  if (bytes.length === 0) {
    counts.unusable += 1;
    return { answer: answer('AE', 'The frame is empty'), last: false };
  }
  const label = header?.controlId || `no name ${hash('sha256', bytes, 'hex').slice(0, 16)}`;
  try {
    const { repeated } = await keep({ ...feed, label, receivedAt: new Date().toISOString(), bytes });
    if (repeated) counts.repeated += 1;
  } catch {
    counts.failed += 1;
    return { answer: answer('AR', 'Not kept, send it again'), last: true };
  }
  if (header !== undefined && !tooLong) {
    counts.kept += 1;
    return { answer: answer('AA'), last: false };
  }
  counts.unusable += 1;
  return { answer: answer('AE', tooLong ? 'Longer than is taken here' : 'No MSH segment'), last: tooLong };
}

/** MSH as it came: it names the message to its sender and says nothing of a person. */
function headerLine(head: Buffer): string {
  const header = readHeader(head);
  return header === undefined
    ? ''
    : ['MSH', ...[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((place) => header.field(place))].join(header.separator);
}
