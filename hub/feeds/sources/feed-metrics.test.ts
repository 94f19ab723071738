import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import type { Sql } from '../../store/database.ts';
import { setSourceState } from '../../store/sources.ts';
import { eachEngine } from '../../store/testing.ts';
import { keepMessage } from '../inbox/keep.ts';
import { feedMetrics } from './feed-metrics.ts';
import { hospitalFeed as feed } from './testing.ts';

/** What Prometheus would read of the feeds, without help and types. */
async function scraped(db: Sql): Promise<string[]> {
  const registry = new Registry();
  await feedMetrics(db, [feed], () => undefined)(registry)();
  return (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

eachEngine('whoever watches the feeds from outside', ({ db }) => {
  it('sees when each was heard, what waits and for how long, what failed and what is dead, and nothing of anybody', async () => {
    const { source, organisation, format } = feed;
    const received = Date.now() - 120_000;
    for (const name of ['one', 'two', 'three']) {
      const [bytes, receivedAt] = [Buffer.from(`PID|1||4711||OKAFOR ${name}`), new Date(received).toISOString()];
      await keepMessage(db(), { source, organisation, format, label: `C-${name}`, receivedAt, bytes, subject: '4711' });
    }
    await db().query(`update inbox set state = 'dead' where label = 'C-one'`);
    await db().query(`update inbox set attempts = 2 where label = 'C-two'`);
    await setSourceState(db(), { source, name: 'Whittington', status: 'late', asAt: '2026-11-02T10:00:00Z' });
    // What somebody called a load of files is no name for a measure.
    await setSourceState(db(), { source: 'Ada Okafor', name: 'Ada Okafor', status: 'ok' });
    const lines = await scraped(db());
    expect(lines).toEqual(
      expect.arrayContaining([
        'feed_readable 1',
        `feed_last_message_timestamp_seconds{source="system-c"} ${received / 1000}`,
        `feed_known_up_to_timestamp_seconds{source="system-c"} ${Date.parse('2026-11-02T10:00:00Z') / 1000}`,
        'feed_up_to_date{source="system-c"} 0',
        'feed_waiting_messages{source="system-c"} 2',
        'feed_waiting_people{source="system-c"} 0',
        'feed_failing{source="system-c"} 1',
        'feed_dead_letters{source="system-c"} 1',
      ]),
    );
    const lag = Number(
      lines
        .find((line) => line.startsWith('feed_lag_seconds'))
        ?.split(' ')
        .at(-1),
    );
    expect(lag).toBeGreaterThanOrEqual(120);
    expect(lines.join('\n')).not.toMatch(/okafor|4711/i);
  });
});

it('when the store does not answer, no old figure passes for a present one, and why is told once', async () => {
  const answers = { query: async () => [{ source: 'system-c', last: 1, waiting: 5 }] } as unknown as Sql;
  let store = answers;
  const registry = new Registry();
  const told: (string | undefined)[] = [];
  const refresh = feedMetrics({ query: (...asked) => store.query(...asked) }, [feed], (error) =>
    told.push(error?.message),
  )(registry);
  await refresh();
  expect(await registry.metrics()).toContain('feed_waiting_messages{source="system-c"} 5');
  store = { query: () => Promise.reject(new Error('gone')) };
  await refresh();
  const said = await registry.metrics();
  expect(said).toContain('feed_readable 0');
  expect(said).not.toContain('{source=');
  await refresh();
  store = answers;
  await refresh();
  await refresh();
  expect(await registry.metrics()).toContain('feed_readable 1');
  expect(told).toEqual(['gone', undefined]);
});
