import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { findPostgres, startPostgres } from '../tools/postgres.ts';
import type { Figure } from './figure.ts';
import { reading, person } from './hub-readings.ts';
import { median, rateOf } from './measure.ts';
import { serveStill } from './serve-still.ts';

const rounds = 5;
const batch = 100;
const perRound = 1000;
const whole = 10_000;

/**
 * `hub.write`: results a second checked, linked and written through FHIR transactions of 100, against a bare insert of the
 * same rows in the same batches. `hub.everything`: a person's 10,000 resources as one streamed Bundle against the same bytes
 * served static, and `hub.everything.heap`, how far the heap that is live (after collection) grew meanwhile, against those bytes. On the embedded store, and
 * with `.postgresql` on PostgreSQL where it is installed.
 */
export async function measureWrites(): Promise<Figure[]> {
  const embedded = await measureEngine('', undefined);
  if (findPostgres() === undefined) return embedded;
  const postgres = await startPostgres();
  try {
    return [...embedded, ...(await measureEngine('.postgresql', postgres.url))];
  } finally {
    await postgres.stop();
  }
}

async function measureEngine(suffix: string, databaseUrl: string | undefined): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'care-timeline-bench-'));
  const hub = fork(new URL('hub-process.ts', import.meta.url), [dataDir, databaseUrl ?? ''], {
    execArgv: ['--expose-gc'],
  });
  try {
    const address = z.string().parse((await once(hub, 'message'))[0]);
    return [await measureWrite(`hub.write${suffix}`, hub, address), ...(await measureWhole(suffix, hub, address))];
  } finally {
    hub.kill();
    await once(hub, 'exit');
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measureWrite(name: string, hub: ChildProcess, address: string): Promise<Figure> {
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds + 1; round += 1) {
    // What the client has to do for it is none of the hub's time.
    const bodies = Array.from({ length: perRound / batch }, (_, place) => transactionBody(`${round}-${place}`));
    const from = performance.now();
    for (const body of bodies) await writeBatch(address, body);
    const rate = perRound / ((performance.now() - from) / 1000);
    const most = await order(hub, { do: 'insert', count: perRound, batch });
    if (round === 0) continue;
    ours.push(rate);
    bare.push(most);
  }
  return {
    name,
    value: median(ours),
    unit: '1/s',
    against: `bare insert of the same rows, ${batch} to a transaction: ${median(bare).toFixed(0)}/s`,
    ratio: median(ours.map((rate, place) => rate / (bare[place] ?? Number.NaN))),
  };
}

function transactionBody(name: string): string {
  const entry = Array.from({ length: batch }, (_, place) => ({
    fullUrl: `urn:uuid:${name}-${place}`,
    resource: reading(`${name}-${place}`),
    request: { method: 'POST', url: 'Observation' },
  }));
  return JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry });
}

async function writeBatch(address: string, body: string): Promise<void> {
  const answer = await fetch(`${address}/fhir`, {
    method: 'POST',
    headers: { authorization: 'Bearer bench', 'content-type': 'application/fhir+json', prefer: 'return=minimal' },
    body,
  });
  if (answer.status !== 200) throw new Error(`a transaction answered ${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
}

async function measureWhole(suffix: string, hub: ChildProcess, address: string): Promise<Figure[]> {
  await order(hub, { do: 'load', count: whole });
  const url = `${address}/fhir/Patient/${person}/$everything?_type=Observation`;
  const headers = { authorization: 'Bearer bench', 'accept-encoding': 'identity' };
  const body = Buffer.from(await (await fetch(url, { headers })).arrayBuffer());
  const still = await serveStill(body);
  try {
    const [ours, ceiling, growth]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await rateOf(url, headers, body.length, 1, 1));
      // Read once more for the memory: looking at what is live of it costs time.
      await order(hub, { do: 'watch' });
      await rateOf(url, headers, body.length, 1, 1);
      growth.push(await order(hub, { do: 'peak' }));
      ceiling.push(await rateOf(still.url, {}, body.length, 4, 1));
    }
    const megabytes = (body.length / 1024 / 1024).toFixed(1);
    return [
      {
        name: `hub.everything${suffix}`,
        value: 1 / median(ours),
        unit: 's',
        against: `same ${megabytes} MiB served static: ${(1 / median(ceiling)).toFixed(3)} s (ratio of rates)`,
        ratio: median(ours.map((rate, place) => rate / (ceiling[place] ?? Number.NaN))),
      },
      {
        name: `hub.everything.heap${suffix}`,
        value: median(growth),
        unit: 'B',
        against: `the answer's own ${megabytes} MiB`,
        ratio: median(growth) / body.length,
      },
    ];
  } finally {
    still.stop();
  }
}

/** What the hub's process answers to an order. */
async function order(hub: ChildProcess, what: object): Promise<number> {
  hub.send(what);
  return z.number().parse((await once(hub, 'message'))[0]);
}
