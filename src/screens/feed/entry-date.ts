import type { Entry } from '../../timeline/entry.ts';
import { formatDate, formatTime, formatWeekdayDate, spokenDate } from '../../timeline/dates.ts';

/** An entry's date as a row shows it, in two lines, and as it is said. */
export interface EntryDate {
  /** `14-Nov-2026`, `Tue 24-Nov-2026`, `2019`, `Date not known`. */
  day: string;
  /** `02:41`, `02:41, to 19-Nov-2026`, `to date`; undefined where nothing more is stated: never 00:00 (misreading 21). */
  time: string | undefined;
  /** Long form for screen readers. */
  spoken: string;
}

/** What stands in the date column. What lies ahead carries its weekday; what lasts carries its end, or says it is open. */
export function entryDate(entry: Entry): EntryDate {
  const { start, end, state, lasting } = entry;
  if (start === undefined) {
    const until = end === undefined ? undefined : `until ${formatDate(end)}`;
    return {
      day: 'Date not known',
      time: until,
      spoken: until === undefined ? 'Date not known' : `Date not known, ${until}`,
    };
  }
  const day = state === 'planned' ? formatWeekdayDate(start) : formatDate(start);
  const parts = [formatTime(start), lasting ? ending(entry) : undefined].filter((part) => part !== undefined);
  const spokenEnd = !lasting ? '' : end !== undefined ? `, to ${spokenDate(end)}` : state === 'open' ? ', to date' : '';
  return { day, time: parts.length === 0 ? undefined : parts.join(', '), spoken: `${spokenDate(start)}${spokenEnd}` };
}

function ending({ start, end, state }: Entry): string | undefined {
  if (end === undefined) return state === 'open' ? 'to date' : undefined;
  if (start !== undefined && formatDate(start) === formatDate(end)) {
    const time = formatTime(end);
    return time === undefined ? undefined : `to ${time}`;
  }
  return `to ${formatDate(end)}`;
}
