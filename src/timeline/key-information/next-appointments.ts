import { formatTime, formatWeekdayDate } from '../dates.ts';
import type { Entry } from '../entry.ts';
import { compareEntries } from '../order.ts';
import { sourceLabel } from '../source.ts';

/** A booking ahead. */
export interface NextAppointment {
  key: string;
  title: string;
  /** `Tue 24-Nov-2026, 14:00`. */
  when: string;
  detail: string[];
  /** Sources that tell of it: `UCLH, GP`. */
  source: string;
}

/**
 * The bookings ahead among the entries, the nearest first. Only planned entries count; cancelled ones never. `now` in
 * epoch milliseconds.
 */
export function nextAppointments(entries: readonly Entry[], now: number): NextAppointment[] {
  const ahead = entries.filter((entry) => entry.state === 'planned' && (entry.start?.end ?? -Infinity) > now);
  return ahead.sort(compareEntries).reverse().flatMap(appointmentOf);
}

function appointmentOf({ key, title, start, detail, statements }: Entry): NextAppointment[] {
  if (start === undefined) return [];
  const time = formatTime(start);
  const day = formatWeekdayDate(start);
  const sources = new Set(statements.map(({ source }) => sourceLabel(source)));
  return [{ key, title, when: time === undefined ? day : `${day}, ${time}`, detail, source: [...sources].join(', ') }];
}
