import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { requireBrowser } from './browser.ts';
import { buildIfStale } from './build.ts';
import { resultFiles } from './result-files.ts';

// `npm test`: everything, in the order that finds the cheapest fault first.

const steps: [name: string, command: string, ...rest: string[]][] = [
  ['check', 'npm', 'run', '--silent', 'check'],
  [
    'unit and components',
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${resultFiles.unit}`,
  ],
  ['end to end', 'playwright', 'test', '--reporter=list,json'],
  ['proofs', process.execPath, resolve(import.meta.dirname, 'check-proofs.ts')],
];
const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: resultFiles.endToEnd };

try {
  requireBrowser();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
// What an earlier run left proves nothing of this one.
for (const path of Object.values(resultFiles)) rmSync(path, { force: true });
for (const [name, command, ...rest] of steps) {
  const from = performance.now();
  if (name === 'end to end') await buildIfStale();
  const { status } = spawnSync(command, rest, { stdio: 'inherit', env, shell: process.platform === 'win32' });
  console.log(`${name}: ${status === 0 ? 'passed' : 'failed'} in ${((performance.now() - from) / 1000).toFixed(0)} s`);
  if (status !== 0) process.exit(status ?? 1);
}
