import { Gauge, type Registry } from 'prom-client';
import type { Sql } from '../../store/database.ts';
import type { FeedSetting } from '../feed-settings.ts';
import { isHeard } from './heard.ts';

/** How one source's inbox stands. Seconds are of the epoch, or of waiting; never anything of a person. */
interface Standing {
  source: string;
  last: number | null;
  known: number | null;
  well: boolean | null;
  waiting: number;
  people: number;
  lag: number;
  failing: number;
  dead: number;
}

const gauges = {
  last: ['feed_last_message_timestamp_seconds', 'When the last message came'],
  known: ['feed_known_up_to_timestamp_seconds', 'Up to when the record of this source is known'],
  well: ['feed_up_to_date', '1 while the source keeps its promise, 0 while it is late or failed'],
  waiting: ['feed_waiting_messages', 'Messages that wait to be worked on'],
  people: ['feed_waiting_people', 'People of whom something waits to be told'],
  lag: ['feed_lag_seconds', 'For how long the oldest of what waits has waited'],
  failing: ['feed_failing', 'Messages and people that the hub failed on: it tries again, or somebody has to look'],
  dead: ['feed_dead_letters', 'Messages that could not be used, and stand until somebody settles them'],
} as const;
const names = Object.keys(gauges) as (keyof typeof gauges)[];

/**
 * Measures of the configured feeds, by source alone: last message, lag, backlog, errors, dead letters. Registers them and
 * answers how to bring them up to date. While the store does not answer `feed_readable` is 0 and the others are absent:
 * an old figure would pass for a present one.
 * @param onChange told once when that begins, with the error, and once when it is over, with nothing
 */
export function feedMetrics(
  db: Sql,
  feeds: readonly FeedSetting[],
  onChange: (error: Error | undefined) => void,
): (registry: Registry) => () => Promise<void> {
  return (registry) => {
    const make = (name: string, help: string, labelNames: string[]) =>
      new Gauge({ name, help, labelNames, registers: [registry] });
    const readable = make('feed_readable', '1 when the store answered how the feeds stand', []);
    const bySource = names.map((key) => {
      const [name, help] = gauges[key];
      return [key, make(name, help, ['source'])] as const;
    });
    let failing = false;
    return async () => {
      const read = await standings(db, feeds).then(
        (rows) => ({ rows, error: undefined }),
        (error: unknown) => ({ rows: [], error: error instanceof Error ? error : new Error(typeof error) }),
      );
      if ((read.error !== undefined) !== failing) onChange(read.error);
      failing = read.error !== undefined;
      readable.set(failing ? 0 : 1);
      for (const [name, gauge] of bySource) {
        gauge.reset();
        for (const row of read.rows) if (row[name] !== null) gauge.set({ source: row.source }, Number(row[name]));
      }
    };
  };
}

/** Each count goes by an index of what is not done yet: it is asked every few seconds of an inbox of millions. */
async function standings(db: Sql, feeds: readonly FeedSetting[]): Promise<Standing[]> {
  return db.query<Standing>(
    `select s.source,
       (select max(extract(epoch from l.received)) from (
          select (select received from inbox i where i.source = f.source and i.organisation = f.organisation
            and i.format = f.format and ${isHeard} order by received desc limit 1) as received
          from unnest($1::text[], $2::text[], $3::text[]) as f(source, organisation, format) where f.source = s.source
        ) as l)::float8 as last,
       (select extract(epoch from as_at) from source_state t where t.source = s.source)::float8 as known,
       (select status in ('ok', 'partial') from source_state t where t.source = s.source) as well,
       w.waiting, p.people, w.failing + p.failing as failing,
       coalesce(extract(epoch from now() - least(w.oldest, p.oldest)), 0)::float8 as lag,
       (select count(*) from inbox i where i.source = s.source and i.state = 'dead')::int as dead
     from (select distinct unnest($1::text[]) as source) as s
     cross join lateral (
       select count(*)::int as waiting, min(received) as oldest, (count(*) filter (where attempts > 0))::int as failing
       from inbox i where i.source = s.source and i.state = 'waiting') as w
     cross join lateral (
       select count(distinct subject) filter (where waiting is not null)::int as people, min(waiting) as oldest,
         count(distinct subject) filter (where problem is not null)::int as failing
       from feed_scope c where c.source = s.source and (c.waiting is not null or c.problem is not null)) as p
     order by s.source collate "C"`,
    [feeds.map((feed) => feed.source), feeds.map((feed) => feed.organisation), feeds.map((feed) => feed.format)],
  );
}
