import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { findPostgres, startPostgres } from '../tools/postgres.ts';
import type { Figure } from './figure.ts';
import { person } from './hub-readings.ts';
import { median, rateOf } from './measure.ts';

const rounds = 24;
const requests = 48;
const people = 200_000;

/**
 * `access.page`: the default page of 100 Encounters with its policy, consent and audit (the facts read, the filter, the line
 * in its chain) against the same page without, in turns in one run, with the grounds and choices of 200,000 people in the
 * store; at most 1.25. `access.page.people`: the same page against itself before those people were there. On the embedded
 * store, and with `.postgresql` on PostgreSQL where it is installed.
 */
export async function measureAccess(): Promise<Figure[]> {
  const embedded = await measureEngine('', undefined);
  if (findPostgres() === undefined) return embedded;
  const postgres = await startPostgres();
  try {
    return [...embedded, ...(await measureEngine('.postgresql', postgres.url))];
  } finally {
    await postgres.stop();
  }
}

const services = z.object({ guarded: z.string(), bare: z.string() });

async function measureEngine(suffix: string, databaseUrl: string | undefined): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'care-timeline-bench-'));
  const hub = fork(new URL('access-process.ts', import.meta.url), [dataDir, databaseUrl ?? '']);
  try {
    const { guarded, bare } = services.parse((await once(hub, 'message'))[0]);
    const alone = await inTurns(guarded, bare);
    hub.send(people);
    await once(hub, 'message');
    const among = await inTurns(guarded, bare);
    return [
      {
        name: `access.page${suffix}`,
        value: median(among.guarded),
        unit: 'ms',
        against: `the same page without policy, consent and audit: ${median(among.bare).toFixed(2)} ms`,
        ratio: ratioOf(among),
      },
      {
        name: `access.page.people${suffix}`,
        value: median(among.guarded),
        unit: 'ms',
        against: `the same page before ${people} people chose: ${median(alone.guarded).toFixed(2)} ms (ratio of both to the page without)`,
        ratio: ratioOf(among) / ratioOf(alone),
      },
    ];
  } finally {
    hub.kill();
    await once(hub, 'exit');
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Times {
  guarded: number[];
  bare: number[];
}

function ratioOf({ guarded, bare }: Times): number {
  return median(guarded.map((time, place) => time / (bare[place] ?? Number.NaN)));
}

/** Milliseconds a page, in short turns, so that whatever else the machine does falls on both. */
async function inTurns(guarded: string, bare: string): Promise<Times> {
  const times: Times = { guarded: [], bare: [] };
  const headers = { authorization: 'Bearer bench', 'accept-encoding': 'identity' };
  const [one, other] = [guarded, bare].map(
    (address) => `${address}/fhir/Encounter?patient=${person}&_sort=-date&_count=100`,
  );
  if (one === undefined || other === undefined) throw new Error('two services are measured');
  const body = Buffer.from(await (await fetch(one, { headers })).arrayBuffer());
  for (let round = 0; round < rounds + 1; round += 1) {
    const withAll = 1000 / (await rateOf(one, headers, body.length, requests));
    const without = 1000 / (await rateOf(other, headers, body.length, requests));
    if (round === 0) continue;
    times.guarded.push(withAll);
    times.bare.push(without);
  }
  return times;
}
