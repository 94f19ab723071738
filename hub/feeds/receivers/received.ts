import type { FormatName, Format } from '../format.ts';
import type { IncomingMessage } from '../inbox/keep.ts';

/** Whose messages a receiver takes in, and in what format. */
export interface FeedName extends Pick<IncomingMessage, 'source' | 'organisation' | 'format'> {
  /** Messages for training are taken as if they were of real people. */
  takesTraining?: boolean | undefined;
}

/** A message as a receiver has it: whom it is about is looked up on the way to the inbox. */
export type Received = Omit<IncomingMessage, 'subject'>;

/** Where a message stands in the inbox, and whether it stood there before. */
export interface Receipt {
  seq: number;
  repeated: boolean;
}

/**
 * Hands a message to the inbox. Resolves once it is committed, so that it may be acknowledged; rejects when it was not
 * kept, so that its sender is told to send it again.
 */
export type Keep = (message: Received) => Promise<Receipt>;

/** The same of several messages of one sender in one commit, in their order: all of them are kept, or none. */
export type KeepTogether = (messages: readonly Received[]) => Promise<Receipt[]>;

/**
 * The way from a receiver to the inbox, by way of the format, which says whom a message is about. A message that its format
 * trips over is kept all the same, as one about nobody in particular: the worker says then what is wrong with it.
 * @param keepMessage the inbox (`inbox/keep.ts`), bound to its store
 */
export function keepReceived(keepMessage: (message: IncomingMessage) => Promise<Receipt>, formats: KnownFormats): Keep {
  return (message) => keepMessage(withSubject(message, formats));
}

/** The same for several together. */
export function keepReceivedTogether(
  keepMessages: (messages: readonly IncomingMessage[]) => Promise<Receipt[]>,
  formats: KnownFormats,
): KeepTogether {
  return (messages) => keepMessages(messages.map((message) => withSubject(message, formats)));
}

type KnownFormats = Partial<Record<FormatName, Pick<Format, 'subjectOf'>>>;

function withSubject(message: Received, formats: KnownFormats): IncomingMessage {
  let subject: string | undefined;
  try {
    subject = formats[message.format]?.subjectOf(message.bytes);
  } catch {
    subject = undefined;
  }
  return { ...message, subject };
}
