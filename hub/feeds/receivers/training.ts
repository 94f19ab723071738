import { headerLine, holdsAnother, readHeader } from './mllp-answer.ts';
import type { FeedName } from './received.ts';
import { refusalNotice } from './refusal-notice.ts';

/** For the sender's log. */
export const notForTraining = 'For training or testing, not taken here';

/**
 * What is kept in the place of an HL7 v2 message that its sender marks for training or debugging (MSH-11 `T` or `D`, HL7 table
 * 0103): invented people must not get into real records (wrong patient), and an operator is told that it came. Undefined for a
 * message that is taken: one without the mark, one of a feed that takes training too, and two in one frame, since the second
 * may be real.
 */
export function trainingNotice(bytes: Buffer, { format, takesTraining }: FeedName): Buffer | undefined {
  if (takesTraining === true || format !== 'hl7-v2') return undefined;
  const header = readHeader(bytes);
  const mode = header?.field(11).trim().charAt(0).toUpperCase();
  if (header === undefined || (mode !== 'T' && mode !== 'D') || holdsAnother(bytes, header)) return undefined;
  return refusalNotice('Its sender marks it for training or testing (MSH-11).', headerLine(header));
}
