import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** Builds the app, where what is built is stale, in another process. Resolves with the folder of the built app. */
export async function buildInBackground(): Promise<string> {
  const build = spawn(process.execPath, [resolve(import.meta.dirname, 'build.ts')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  build.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = await new Promise((done) => build.once('exit', done));
  if (code !== 0) throw new Error(`The app could not be built: ${said}`);
  return resolve(import.meta.dirname, '../dist');
}
