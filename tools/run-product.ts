import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './postgres.ts';

/** The product as `npm start` runs it, on ports and a store of its own. */
export interface RunningProduct {
  hub: string;
  desks: string;
  /** From the command to the line that says ready, seconds. */
  secondsToReady: number;
  stop(): Promise<void>;
}

export interface RunOptions {
  /** Free ones unless told which. */
  port?: number;
  deskPort?: number;
  /** Where its hospitals send, the second one port above; any free ones unless told. */
  mllpPort?: number;
  /** A store that is there already, and stays; without it an empty one is made and removed again. */
  dataDir?: string;
  /** A PostgreSQL server instead of the embedded store. */
  databaseUrl?: string;
  /** Whether the synthetic borough is loaded; it is unless told otherwise. */
  demo?: boolean;
}

/** Starts it. Rejects with what it said when it ends before it is ready. */
export async function startProduct(options: RunOptions = {}): Promise<RunningProduct> {
  const port = options.port ?? (await freePort());
  const deskPort = options.deskPort ?? (await freePort());
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'care-timeline-run-'));
  const from = performance.now();
  const child = spawn(process.execPath, ['tools/start.ts'], {
    env: {
      ...process.env,
      PORT: String(port),
      DESK_PORT: String(deskPort),
      MLLP_PORT: String(options.mllpPort ?? 0),
      DATA_DIR: dataDir,
      PUBLIC_URL: '',
      DATABASE_URL: options.databaseUrl ?? '',
      ...(options.demo === false && { DEMO: 'off' }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGTERM');
      reject(new Error(`the product was not ready in 120 s: ${said}`));
    }, 120_000);
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (!/^Ready/m.test(said)) return;
      clearTimeout(late);
      resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`the product ended with ${code}: ${said}`)));
  });
  return {
    hub: `http://localhost:${port}`,
    desks: `http://localhost:${deskPort}`,
    secondsToReady: (performance.now() - from) / 1000,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
