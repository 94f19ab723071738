import { formatClock, formatDay } from './dates.ts';
import type { Entry, News, Statement } from './entry.ts';
import type { MappedRecord } from './to-entries.ts';

/** What this reader had seen. */
export interface Seen {
  /** When this user last opened this person in an earlier sitting; undefined at the first, or where the hub does not tell. */
  lastOpenedAt: number | undefined;
  /** Epoch milliseconds: what was today is told by its time. */
  now: number;
  /** What reading again brought in this sitting, by `Type/id`. */
  changes: ReadonlyMap<string, News> | undefined;
}

/**
 * What a source told just before the last sitting may have reached the store only after that sitting had read: it counts
 * as new. Seen twice does no harm, never seen does.
 */
const marginMillis = 5 * 60_000;

/**
 * Marks what was received or changed since this reader last looked, by when the hub took it in and never by when it
 * happened: a letter about 2019 that came yesterday is new (T14). What belongs to an entry (letters, reports, parts)
 * counts for it. Entries without news stay the objects they are.
 */
export function sayWhatIsNew({ entries, linked }: Pick<MappedRecord, 'entries' | 'linked'>, seen: Seen): Entry[] {
  const { lastOpenedAt, changes, now } = seen;
  if (lastOpenedAt === undefined && (changes === undefined || changes.size === 0)) return [...entries];
  const newsOf = newsTeller(lastOpenedAt, changes);
  const held = new Map<string, Statement[]>();
  for (const { to, statement } of linked) held.set(to, [...(held.get(to) ?? []), statement]);
  return entries.map((entry) => {
    const own = entry.statements.map(newsOf);
    const all = [...own, ...(held.get(entry.key) ?? []).map(newsOf)].filter((news) => news !== undefined);
    if (all.length === 0) return entry;
    const whole = own.length > 0 && own.every((news) => news?.how === 'new');
    const news: News = { how: whole ? 'new' : 'changed', since: Math.max(...all.map(({ since }) => since)) };
    return { ...entry, news: { ...news, words: newsWords(news, now) } };
  });
}

function newsTeller(
  lastOpenedAt: number | undefined,
  changes: Seen['changes'],
): (statement: Statement) => News | undefined {
  const from = lastOpenedAt === undefined ? Infinity : lastOpenedAt - marginMillis;
  // Written in any zone, an instant before the day before cannot be later: most are told apart without being read.
  const earliestDay = Number.isFinite(from) ? new Date(from - 86_400_000).toISOString().slice(0, 10) : undefined;
  return ({ reference, resource }) => {
    const change = changes?.get(reference);
    if (change !== undefined || lastOpenedAt === undefined || earliestDay === undefined) return change;
    const { lastUpdated, versionId } = resource.meta ?? {};
    if (typeof lastUpdated !== 'string' || lastUpdated.slice(0, 10) < earliestDay) return undefined;
    if (!(Date.parse(lastUpdated) > from)) return undefined;
    // A hub without versions cannot tell a change from a first telling.
    return { how: versionId === undefined || versionId === '1' ? 'new' : 'changed', since: lastOpenedAt };
  };
}

/** `New since 12-Nov-2026`, `Changed since 14:02` when that was today; `now` in epoch milliseconds. */
export function newsWords({ how, since }: News, now: number): string {
  const day = formatDay(since);
  return `${how === 'new' ? 'New' : 'Changed'} since ${day === formatDay(now) ? formatClock(since) : day}`;
}

/** How many entries are new and how many changed: `3 new, 1 changed`; undefined when there are none of either. */
export function newsCount(entries: readonly { news?: News }[]): string | undefined {
  const count = (how: News['how']) => entries.filter(({ news }) => news?.how === how).length;
  const [fresh, changed] = [count('new'), count('changed')];
  const words = [fresh > 0 ? `${fresh} new` : '', changed > 0 ? `${changed} changed` : ''].filter(
    (part) => part !== '',
  );
  return words.length === 0 ? undefined : words.join(', ');
}
