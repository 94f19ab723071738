import { hash } from 'node:crypto';
import { answerTo, headerLine, holdsAnother, readHeader, type MllpHeader } from './mllp-answer.ts';
import type { MllpEvent } from './mllp-frames.ts';
import type { MllpCounts } from './mllp-limits.ts';
import type { FeedName, Keep, KeepTogether, Receipt, Received } from './received.ts';
import { refusalNotice } from './refusal-notice.ts';
import { notForTraining, trainingNotice } from './training.ts';

/** What a sender is told, and whether the connection ends with it. */
export interface Taken {
  answer: Buffer;
  last: boolean;
}

/** The ways into the inbox: one message, and where there is one several in one commit. */
export interface WaysIn {
  keep: Keep;
  keepTogether?: KeepTogether | undefined;
}

/**
 * Keeps what came out of the stream and says what its sender is to be told of each, in order: AA only when the message is
 * committed. What has no header, or more than one, is kept too, and what is for training is noted, for the dead letters, and
 * both are answered AE. When the store takes nothing it is AR, and the connection ends, so that no message that is already on its way overtakes the one that will be sent
 * again: nothing after an answer that is the last is kept. Never rejects.
 */
export async function takeFrames(
  events: readonly MllpEvent[],
  feed: FeedName,
  { keep, keepTogether }: WaysIn,
  counts: MllpCounts,
): Promise<Taken[]> {
  const frames = events.map((event) => frameOf(event, feed));
  const messages = frames.flatMap(({ message }) => message ?? []);
  const receipts = new Map<Received, Receipt>();
  if (keepTogether !== undefined && messages.length > 1) {
    // Where they are not kept together each is tried alone, and the first that is not kept then is told so.
    const kept = await keepTogether(messages).catch(() => []);
    kept.forEach((receipt, place) => {
      const message = messages[place];
      if (message !== undefined) receipts.set(message, receipt);
    });
  }
  const taken: Taken[] = [];
  for (const frame of frames) {
    const one = await takeFrame(frame, async (message) => receipts.get(message) ?? keep(message), counts);
    taken.push(one);
    if (one.last) break;
  }
  return taken;
}

interface Frame {
  header: MllpHeader | undefined;
  /** What is to be kept; undefined of an empty frame. */
  message: Received | undefined;
  tooLong: boolean;
  /** Why it can never be used, in words for the sender's log; undefined where that is for its reader to say. */
  unusable: string | undefined;
}

function frameOf(event: MllpEvent, feed: FeedName): Frame {
  const tooLong = event.kind === 'too-long';
  const header = readHeader(tooLong ? event.head : event.bytes);
  const training = tooLong ? undefined : trainingNotice(event.bytes, feed);
  const bytes = tooLong
    ? refusalNotice('A message was longer than is taken.', headerLine(header))
    : (training ?? event.bytes);
  if (bytes.length === 0) return { header, message: undefined, tooLong, unusable: 'The frame is empty' };
  const label = header?.controlId || `no name ${hash('sha256', bytes, 'hex').slice(0, 16)}`;
  const { source, organisation, format } = feed;
  const message = { source, organisation, format, label, receivedAt: new Date().toISOString(), bytes };
  if (tooLong) return { header, message, tooLong, unusable: 'Longer than is taken here' };
  return { header, message, tooLong, unusable: training === undefined ? whyUnusable(bytes, header) : notForTraining };
}

function whyUnusable(bytes: Buffer, header: MllpHeader | undefined): string | undefined {
  if (header === undefined) return 'No MSH segment';
  return holdsAnother(bytes, header) ? 'More than one MSH segment' : undefined;
}

async function takeFrame(frame: Frame, keep: Keep, counts: MllpCounts): Promise<Taken> {
  const { header, message, tooLong, unusable } = frame;
  const answer = (code: 'AA' | 'AE' | 'AR', words = '') => answerTo(header, code, words, Date.now());
  try {
    if (message !== undefined && (await keep(message)).repeated) counts.repeated += 1;
  } catch {
    counts.failed += 1;
    return { answer: answer('AR', 'Not kept, send it again'), last: true };
  }
  if (unusable === undefined) {
    counts.kept += 1;
    return { answer: answer('AA'), last: false };
  }
  counts.unusable += 1;
  return { answer: answer('AE', unusable), last: tooLong };
}
