import { readTime } from './date-time.ts';
import type { Message } from './message.ts';

const minute = 60_000;
const day = 1440 * minute;

/**
 * When the source says that it said this: EVN-2 (recorded), else MSH-7 (sent), ISO 8601 UTC. A message sent again keeps its
 * place by EVN-2; where that names only the minute, MSH-7 within it orders what was recorded in one. A time more than a day
 * after `receivedAt` is a clock that is wrong, and would hold against all that is said later: then it counts as when it came.
 */
export function saidAt(message: Message, receivedAt: string): { at: string | undefined; doubt: string | undefined } {
  const recorded = message.first('EVN')?.at(2) ?? '';
  const [ofEvent, ofMessage] = [readTime(recorded).instant, readTime(message.sentAt).instant];
  const within =
    ofEvent !== undefined && ofMessage !== undefined && ofMessage - ofEvent < minute && ofMessage >= ofEvent;
  const instant = within && /^\d{12}(?!\d)/.test(recorded) ? ofMessage : (ofEvent ?? ofMessage);
  if (instant === undefined) return { at: undefined, doubt: undefined };
  if (instant > Date.parse(receivedAt) + day) {
    return { at: undefined, doubt: 'Its time lies in the future: ordered by when it came' };
  }
  return { at: new Date(instant).toISOString(), doubt: undefined };
}
