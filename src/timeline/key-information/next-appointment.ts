import { formatTime, formatWeekdayDate } from '../dates.ts';
import type { Entry } from '../entry.ts';
import { compareEntries } from '../order.ts';
import { sourceLabel } from '../source.ts';

/** The nearest booking ahead. */
export interface NextAppointment {
  key: string;
  title: string;
  /** `Tue 24-Nov-2026, 14:00`. */
  when: string;
  detail: string[];
  source: string;
}

/**
 * The next booking among the entries, or undefined when none is known. Only planned entries count; cancelled ones never.
 * `now` in epoch milliseconds.
 */
export function nextAppointment(entries: readonly Entry[], now: number): NextAppointment | undefined {
  const ahead = entries.filter(
    (entry) => entry.state === 'planned' && entry.start !== undefined && entry.start.end > now,
  );
  const next = ahead.sort(compareEntries).at(-1);
  if (next?.start === undefined) return undefined;
  const time = formatTime(next.start);
  const day = formatWeekdayDate(next.start);
  return {
    key: next.key,
    title: next.title,
    when: time === undefined ? day : `${day}, ${time}`,
    detail: next.detail,
    source: sourceLabel(next.statements[0]?.source),
  };
}
