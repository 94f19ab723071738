import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { migrate } from '../../hub/store/migrate.ts';
import { openDatabase } from '../../hub/store/open.ts';
import { startPostgres } from '../postgres.ts';
import { checkKept, untilSettled, type Kept } from './check-kept.ts';
import { sendAll } from './hospital.ts';
import { visitMessage, type VisitMessage } from './plain-format.ts';
import { startHubProcess } from './running-hub.ts';
import { seeded } from './seeded.ts';

// `node tools/feeds/kill-test.ts [--messages 20000] [--kills 24] [--seed N]`: a hub is killed (kill -9) at random moments
// while hospitals stream messages into it, and started again. Afterwards nothing that was acknowledged may be missing,
// nothing doubled, and every person's messages in their order, in the inbox and in the record.

export interface KillTest {
  databaseUrl: string;
  messages: number;
  kills: number;
  seed: number;
  lines?: number;
}

export interface KillFigures extends Kept {
  acknowledged: number;
  kills: number;
  /** Of those, the ones while messages were still being sent. */
  killsWhileSending: number;
  /** Lines the hospitals opened, each after the one before had broken. */
  lines: number;
  /** Seconds from the first message until the last one was worked on. */
  seconds: number;
}

/** Runs it on an empty database. Rejects when an answer is wrong or the hub does not settle. */
export async function killTest(test: KillTest): Promise<KillFigures> {
  const random = seeded(test.seed);
  const lines = lineUp(test, random);
  const sent = lines.flat();
  const progress = { acknowledged: 0, over: false };
  const from = performance.now();
  let hub = await startHubProcess(test.databaseUrl);
  const { port } = hub;
  const sending = Promise.all(
    lines.map((messages) =>
      sendAll(
        () => port,
        messages,
        () => (progress.acknowledged += 1),
      ),
    ),
  ).finally(() => (progress.over = true));
  // The last tenth of the kills comes when all is sent and the worker is still at it.
  const moments = Array.from({ length: test.kills }, (_, place) =>
    place < test.kills * 0.9 ? Math.floor(random() * test.messages * 0.97) : test.messages,
  ).sort((a, b) => a - b);
  let killsWhileSending = 0;
  for (const moment of moments) {
    while (progress.acknowledged < moment && !progress.over) await delay(1);
    await delay(random() * 120);
    if (!progress.over) killsWhileSending += 1;
    await hub.kill();
    hub = await startHubProcess(test.databaseUrl, { port });
  }
  const opened = (await sending).reduce((sum, line) => sum + line.lines, 0);
  const db = await openDatabase({ databaseUrl: test.databaseUrl, dataDir: '' });
  try {
    await untilSettled(db, 60_000 + test.messages * 30);
    const seconds = (performance.now() - from) / 1000;
    const kept = await checkKept(db, sent);
    return {
      ...kept,
      acknowledged: progress.acknowledged,
      kills: test.kills,
      killsWhileSending,
      lines: opened,
      seconds,
    };
  } finally {
    await hub.kill();
    await db.close();
  }
}

/** The messages of each line: those of one person go over one line, as they would from one ward's system. */
function lineUp({ messages, lines = 4 }: KillTest, random: () => number): VisitMessage[][] {
  const people = Math.max(lines, Math.floor(messages / 40));
  const all: VisitMessage[][] = Array.from({ length: lines }, () => []);
  for (let place = 0; place < messages; place += 1) {
    const who = Math.floor(random() * people);
    const visit = `V${who}-${Math.floor(random() * 4)}`;
    all[who % lines]?.push(visitMessage(`M${place}`, `R${who}`, visit));
  }
  return all;
}

/** What makes the test fail, by name. */
export function faultsOf({ missing, doubled, disordered, unsettled, wrongVisits, surplus }: Kept): string[] {
  return Object.entries({ missing, doubled, disordered, unsettled, wrongVisits, surplus })
    .filter(([, count]) => count !== 0)
    .map(([name, count]) => `${name}: ${count}`);
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { messages: { type: 'string' }, kills: { type: 'string' }, seed: { type: 'string' } },
  });
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const [messages, kills] = [Number(values.messages ?? 20_000), Number(values.kills ?? 24)];
  console.log(`seed ${seed}: ${messages} messages, ${kills} kills`);
  const postgres = await startPostgres();
  try {
    const setUp = await openDatabase({ databaseUrl: postgres.url, dataDir: '' });
    await migrate(setUp);
    await setUp.close();
    const figures = await killTest({ databaseUrl: postgres.url, messages, kills, seed });
    console.log(JSON.stringify(figures));
    const faults = faultsOf(figures);
    console.log(faults.length === 0 ? 'None missing, none doubled, order holds.' : faults.join(', '));
    process.exitCode = faults.length === 0 && figures.acknowledged === messages ? 0 : 1;
  } finally {
    await postgres.stop();
  }
}
