import { Client } from 'pg';
import { startPostgres } from '../postgres.ts';
import type { Fault } from './faults/fault.ts';
import { lineFaults } from './faults/line-faults.ts';
import { storeFaults } from './faults/store-faults.ts';
import { startHubProcess } from './running-hub.ts';

// `node tools/feeds/try-faults.ts`: what goes wrong on lines and in stores, done to a hub of its own, each with its figures.

/** What came of one fault. */
export interface Tried {
  name: string;
  /** Figures, or what the hub did not stand. */
  words: string;
  stood: boolean;
}

/** Tries them one after another on one hub over an empty database; `serverUrl` is another database of that server. */
export async function tryFaults(
  databaseUrl: string,
  serverUrl: string,
  faults: readonly Fault[] = [...lineFaults, ...storeFaults],
  onTried?: (tried: Tried) => void,
): Promise<Tried[]> {
  const hub = await startHubProcess(databaseUrl, { limits: { answerMs: 1500 } });
  const store = new Client({ connectionString: databaseUrl });
  const server = new Client({ connectionString: serverUrl });
  await Promise.all([store.connect(), server.connect()]);
  const all: Tried[] = [];
  try {
    for (const fault of faults) {
      const { name } = fault;
      const result = await fault.tried({ hub, store, server }).then(
        (words) => ({ name, words, stood: true }),
        async (error: unknown) => {
          const { failures } = await hub.glance();
          const words = `${error instanceof Error ? error.message : String(error)} (in the hub: ${JSON.stringify(failures)})`;
          return { name, words, stood: false };
        },
      );
      all.push(result);
      onTried?.(result);
    }
    return all;
  } finally {
    await Promise.all([store.end(), server.end()]);
    await hub.kill();
  }
}

if (import.meta.main) {
  const postgres = await startPostgres();
  try {
    const server = new Client({ connectionString: postgres.url });
    await server.connect();
    await server.query('create database faults');
    await server.end();
    const url = new URL(postgres.url);
    url.pathname = '/faults';
    const all = await tryFaults(url.href, postgres.url, undefined, ({ name, words, stood }) =>
      console.log(`${stood ? 'stood' : 'FELL '}  ${name}: ${words}`),
    );
    process.exitCode = all.every(({ stood }) => stood) ? 0 : 1;
  } finally {
    await postgres.stop();
  }
}
