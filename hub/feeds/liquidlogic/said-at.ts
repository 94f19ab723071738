import type { InboxMessage } from '../format.ts';
import type { Row } from './cld-columns.ts';
import { endOfDay } from './day.ts';

/**
 * When a line was said: at the end of its reporting period, or when it came where that is still to end. So the return of an
 * earlier quarter that is sent again does not undo what a later one knows. ISO 8601 UTC.
 */
export function saidAt(row: Row, { receivedAt }: InboxMessage): string {
  const end = endOfDay(row.periodEnd);
  const received = Date.parse(receivedAt);
  return new Date(end === undefined || end > received ? received : end).toISOString();
}
