import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deskPort, port } from './addresses.ts';

/** Starts the product as a user does, on an empty store of its own; returns the way to stop it. */
export default async function startProduct(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'care-timeline-e2e-'));
  const product = spawn(process.execPath, ['tools/start.ts'], {
    env: {
      ...process.env,
      PORT: String(port),
      DESK_PORT: String(deskPort),
      DATA_DIR: dataDir,
      PUBLIC_URL: '',
      DATABASE_URL: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`The product was not ready in 120 s: ${said}`)), 120_000);
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (!/^Ready/m.test(said)) return;
      clearTimeout(late);
      resolve();
    };
    product.stdout.on('data', hear);
    product.stderr.on('data', hear);
    product.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`The product ended with ${code}: ${said}`));
    });
  });
  return async () => {
    const gone = new Promise((resolve) => product.once('exit', resolve));
    product.kill('SIGTERM');
    await gone;
    rmSync(dataDir, { recursive: true, force: true });
  };
}
