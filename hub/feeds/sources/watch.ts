import { sourceNames, type SourceId } from '../../../fhir/sources.ts';
import type { Database, Sql } from '../../store/database.ts';
import { readSources, setSourceState, type StoredSource } from '../../store/sources.ts';
import type { FeedSetting } from '../feed-settings.ts';
import { isHeard } from './heard.ts';

/** What the inbox shows of one feed. ISO 8601 UTC. */
interface Heard {
  source: string;
  organisation: string;
  format: string;
  last: string | null;
}

const minute = 60_000;

/**
 * Writes how each source stands that sends into the inbox (T3): late when it was silent for longer than it promised, or when
 * what it sent has waited that long to be worked on. What a source holds is known up to the last message that was worked
 * on. A source that never sent stands as it stood before it was fed this way, or as late. Rejects when the store fails.
 * @param now epoch milliseconds
 * @param isFirst the hub has only just opened its ports: who never sent has had no time to, and nothing is said of them yet
 */
export async function watchSources(
  db: Database,
  feeds: readonly FeedSetting[],
  now: number,
  isFirst = false,
): Promise<void> {
  await db.transaction(async (sql) => {
    await noteAsked(sql, feeds);
    const stored = new Map((await readSources(sql)).map((state) => [state.source, state]));
    const heard = await lastHeard(sql, feeds);
    for (const source of new Set(feeds.map((feed) => feed.source))) {
      const own = feeds.filter((feed) => feed.source === source);
      const before = stored.get(source);
      if (isFirst && before === undefined && heard.every((one) => one.source !== source || one.last === null)) continue;
      const waiting = await oldestWaiting(sql, source);
      const state = stateOf(source, own, heard, before, waiting, now);
      if (before === undefined || differs(before, state)) await setSourceState(sql, state);
    }
  });
}

/** Keeps which practices are asked for one person at a time, and how old an answer about a person may be. */
async function noteAsked(sql: Sql, feeds: readonly FeedSetting[]): Promise<void> {
  const asked = feeds.filter(({ receiver }) => receiver.kind === 'pull');
  const given = [asked.map((feed) => feed.source), asked.map((feed) => feed.organisation)];
  await sql.query(
    `delete from asked_practice where (source, organisation) not in (select * from unnest($1::text[], $2::text[]))`,
    given,
  );
  await sql.query(
    `insert into asked_practice as a (source, organisation, promise)
     select source, organisation, make_interval(mins => minutes)
     from unnest($1::text[], $2::text[], $3::integer[]) as f(source, organisation, minutes)
     on conflict (source, organisation) do update set promise = excluded.promise where a.promise <> excluded.promise`,
    [...given, asked.map((feed) => feed.promiseMinutes)],
  );
}

function stateOf(
  source: SourceId,
  feeds: readonly FeedSetting[],
  heard: readonly Heard[],
  before: StoredSource | undefined,
  waiting: string | undefined,
  now: number,
): StoredSource {
  const base = {
    source,
    name: before?.name ?? sourceNames[source].records,
    organisation: before?.organisation ?? feeds[0]?.organisation ?? '',
    ...(before?.startsFrom !== undefined && { startsFrom: before.startsFrom }),
  };
  // A source is as late as the latest of its feeds, and known up to where all of them are.
  const feedsAsAt = feeds
    .map((feed) => ({ feed, asAt: asAtOf(feed, heard, before, waiting) }))
    .toSorted((a, b) => ((a.asAt ?? '') < (b.asAt ?? '') ? -1 : 1));
  const late = feedsAsAt.find(
    ({ feed, asAt }) => asAt === undefined || now - Date.parse(asAt) > feed.promiseMinutes * minute,
  );
  const known = feedsAsAt.flatMap(({ asAt }) => asAt ?? []).toSorted();
  const [asAt] = known.length === feeds.length ? known : [];
  if (late === undefined) return { ...base, status: 'ok', ...(asAt !== undefined && { asAt }) };
  const since = late.asAt === undefined ? undefined : addMinutes(late.asAt, late.feed.promiseMinutes);
  return {
    ...base,
    status: 'late',
    ...(asAt !== undefined && { asAt }),
    ...(since !== undefined && { since: before?.status === 'late' ? (before.since ?? since) : since }),
    ...(asAt === undefined && { message: 'Nothing has been received from it yet.' }),
  };
}

/** Up to when a feed is known: its last message, or the oldest one that still waits. */
function asAtOf(
  { source, organisation, format }: FeedSetting,
  heard: readonly Heard[],
  before: StoredSource | undefined,
  waiting: string | undefined,
): string | undefined {
  const last = heard.find((one) => one.source === source && one.organisation === organisation && one.format === format);
  const received = last?.last ?? before?.asAt;
  return waiting !== undefined && received !== undefined && waiting < received ? waiting : received;
}

async function lastHeard(sql: Sql, feeds: readonly FeedSetting[]): Promise<Heard[]> {
  return sql.query<Heard>(
    `select f.source, f.organisation, f.format, (
       select received from inbox i
       where i.source = f.source and i.organisation = f.organisation and i.format = f.format and ${isHeard}
       order by received desc limit 1) as last
     from unnest($1::text[], $2::text[], $3::text[]) as f(source, organisation, format)`,
    [feeds.map((feed) => feed.source), feeds.map((feed) => feed.organisation), feeds.map((feed) => feed.format)],
  );
}

async function oldestWaiting(sql: Sql, source: string): Promise<string | undefined> {
  const [row] = await sql.query<{ oldest: string | null }>(
    `select min(at) as oldest from (
       (select received as at from inbox where source = $1 and state = 'waiting' order by seq limit 1)
       union all
       (select waiting as at from feed_scope where source = $1 and waiting is not null order by waiting limit 1)
     ) as w`,
    [source],
  );
  return row?.oldest ?? undefined;
}

function addMinutes(iso: string, minutes: number): string {
  return new Date(Date.parse(iso) + minutes * minute).toISOString();
}

function differs(before: StoredSource, after: StoredSource): boolean {
  const keys = ['status', 'asAt', 'since', 'message'] as const;
  return keys.some((key) => before[key] !== after[key]);
}
