import type { Period } from 'fhir/r4';
import { formatDateTime } from '../dates.ts';
import { date, text } from '../read.ts';

/** What must be said of an event's times: missing, unreadable, or an end before its start. Said, never mended. */
export function timeCautions(period: Period | undefined, other?: unknown): string[] {
  const cautions: string[] = [];
  const stated = [period?.start, other].map(text).find(Boolean);
  const start = [period?.start, other].map(date).find(Boolean);
  const end = date(period?.end);
  if (start === undefined) {
    cautions.push(stated === undefined ? 'Event date not known' : `Event date not readable: ${stated}`);
  }
  if (start !== undefined && end !== undefined && end.end <= start.start) {
    cautions.push(`End as sent (${formatDateTime(end)}) is before the start`);
  }
  return cautions;
}
