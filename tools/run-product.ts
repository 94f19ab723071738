import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

/** The product as `npm start` runs it, on ports and a store of its own. */
export interface RunningProduct {
  hub: string;
  desks: string;
  /** The port to which a hospital's system, by its name, sends its messages. Throws when it is not opened. */
  mllpPortOf(system: string): number;
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
    mllpPortOf(system) {
      const port = new RegExp(`^HL7 +${system} sends to 127.0.0.1:([0-9]+)`, 'm').exec(said)?.[1];
      if (port === undefined) throw new Error(`nothing listens to ${system}: ${said}`);
      return Number(port);
    },
    secondsToReady: (performance.now() - from) / 1000,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
