import { isSummerTime } from '../../../fhir/partial-date.ts';
import { readTime, type ReadTime } from '../hl7/date-time.ts';

/**
 * Reads `xs:date` and `xs:dateTime` (`2026-11-02T21:15:00`, with or without a zone and fractions). Without a zone it is
 * London's clock, and in the hour that repeats in autumn its first occurrence. What cannot be read gives no date and a doubt.
 */
export function readXsTime(text: string): ReadTime {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(
    text.trim(),
  );
  // What is not stated is no doubt.
  if (match === null) return readTime(text.trim() === '' ? '' : '?');
  const [, year = '', month = '', day = '', hour, minute = '', second = '00', zone = ''] = match;
  const date = `${year}${month}${day}`;
  // A day's zone says nothing of the day.
  if (hour === undefined) return readTime(date);
  const read = readTime(`${date}${hour}${minute}${second}${zone.replace(':', '')}`);
  return zone === '' && otherInstant(read) !== undefined ? { ...read, doubt: repeatedHour } : read;
}

const repeatedHour = 'A time in the hour that the clocks repeat: read as its first occurrence';

/** The other instant that a time without a zone may stand for: the same clock an hour later, when the clocks go back. */
export function otherInstant({ instant }: ReadTime): number | undefined {
  if (instant === undefined) return undefined;
  const later = instant + 3_600_000;
  return isSummerTime(instant) && !isSummerTime(later) ? later : undefined;
}

/** Reads an HL7 v3 time stamp: as HL7 v2's, and Adastra also states its zone by the hour alone (`20261102211500+01`). */
export function readCdaTime(text: string): ReadTime {
  return readTime(text.trim().replace(/([+-]\d{2})$/, '$100'));
}

/** An instant as pieces are ordered by. */
export function isoOf(instant: number | undefined): string | undefined {
  return instant === undefined ? undefined : new Date(instant).toISOString();
}
