import { spawnSync } from 'node:child_process';
import { requireBrowser } from './browser.ts';
import { buildIfStale } from './build.ts';

// `npm test`: everything, in the order that finds the cheapest fault first.

const steps: [name: string, command: string, ...rest: string[]][] = [
  ['check', 'npm', 'run', '--silent', 'check'],
  ['unit and components', 'vitest', 'run'],
  ['end to end', 'playwright', 'test'],
];

try {
  requireBrowser();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
for (const [name, command, ...rest] of steps) {
  const from = performance.now();
  if (name === 'end to end') await buildIfStale();
  const { status } = spawnSync(command, rest, { stdio: 'inherit', shell: process.platform === 'win32' });
  console.log(`${name}: ${status === 0 ? 'passed' : 'failed'} in ${((performance.now() - from) / 1000).toFixed(0)} s`);
  if (status !== 0) process.exit(status ?? 1);
}
