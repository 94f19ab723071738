/**
 * A `timestamptz` as either engine writes it (`2026-11-22 12:44:46.674+00`) as an ISO 8601 UTC instant with at least three
 * fraction digits. Digits past the millisecond are kept: a paging position must name its row exactly. `infinity`,
 * `-infinity` and years before 1 or past 9999 are answered as the engine wrote them; the hub stores none.
 */
export function isoInstant(text: string): string {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?([+-]\d{2}(?::?\d{2}){0,2})?$/.exec(text);
  if (match === null) return text;
  const [, day, time, fraction = '', offset] = match;
  if (offset === undefined || offset === '+00') return `${day}T${time}.${fraction.padEnd(3, '0')}Z`;
  // A pooler between hub and server can drop the session's time zone: the offset says what was meant.
  const utc = new Date(Date.parse(`${day}T${time}Z`) - offsetMillis(offset)).toISOString();
  return `${utc.slice(0, 19)}.${fraction.padEnd(3, '0')}Z`;
}

/** `+01`, `-03:30`, and before zones were kept by the hour `-00:01:15`. */
function offsetMillis(offset: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = offset.slice(1).split(':').map(Number);
  const millis = ((hours * 60 + minutes) * 60 + seconds) * 1000;
  return offset.startsWith('-') ? -millis : millis;
}

/** PostgreSQL's own numbers of the types whose values both engines must answer alike. */
export const typeOid = {
  bytea: 17,
  int8: 20,
  json: 114,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
} as const;
