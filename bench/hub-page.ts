import { z } from 'zod';
import { launchFromDesk } from '../tools/smart-launch.ts';
import { findPostgres, startPostgres } from '../tools/postgres.ts';
import { startProduct } from '../tools/run-product.ts';
import { median, rateOf } from './measure.ts';
import type { Figure } from './figure.ts';
import { serveStill } from './serve-still.ts';

const rounds = 5;
const requests = 400;

/**
 * `hub.page.100`: the default page of 100 Encounters, uncompressed, against the same bytes from a bare Node server in
 * another process (the ceiling), in turns in one run; on the embedded store, and as `hub.page.100.postgresql` on
 * PostgreSQL where it is installed.
 */
export async function measureHub(): Promise<Figure[]> {
  const embedded = await measurePage('hub.page.100', undefined);
  if (findPostgres() === undefined) return [embedded];
  const postgres = await startPostgres();
  try {
    return [embedded, await measurePage('hub.page.100.postgresql', postgres.url)];
  } finally {
    await postgres.stop();
  }
}

async function measurePage(name: string, databaseUrl: string | undefined): Promise<Figure> {
  const product = await startProduct(databaseUrl === undefined ? {} : { databaseUrl });
  try {
    const people = z
      .array(z.object({ nhsNumber: z.string(), why: z.string() }))
      .parse(await (await fetch(`${product.desks}/people.json`)).json());
    const long = people.find((person) => person.why.includes('1,500')) ?? people[0];
    if (long === undefined) throw new Error('no demonstration people');
    const token = await launchFromDesk(product.desks, { system: 'emis', patient: long.nhsNumber });
    const url = `${token.base}/Encounter?patient=${token.patient}&_sort=-date&_count=100`;
    const headers = { authorization: `Bearer ${token.accessToken}`, 'accept-encoding': 'identity' };
    const body = Buffer.from(await (await fetch(url, { headers })).arrayBuffer());
    const still = await serveStill(body);
    try {
      const [ours, ceiling]: [number[], number[]] = [[], []];
      for (let round = 0; round < rounds + 1; round += 1) {
        const rate = await rateOf(url, headers, body.length, requests);
        const most = await rateOf(still.url, {}, body.length, requests * 4);
        if (round === 0) continue;
        ours.push(rate);
        ceiling.push(most);
      }
      const ratio = median(ours.map((rate, i) => rate / (ceiling[i] ?? Number.NaN)));
      return {
        name,
        value: median(ours),
        unit: '1/s',
        against: `same ${body.length} bytes served static: ${median(ceiling).toFixed(0)}/s`,
        ratio,
      };
    } finally {
      still.stop();
    }
  } finally {
    await product.stop();
  }
}
