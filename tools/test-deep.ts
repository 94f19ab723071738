import { spawnSync } from 'node:child_process';

// `npm run test:deep`: the tests that make their own cases, with new ones and many of them. A failure prints its seed.
const env = { ...process.env, GENERATED_CASES: 'deep' };
const { status } = spawnSync(
  'vitest',
  ['run', '--project', 'node', '--test-timeout', '600000', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    env,
    shell: process.platform === 'win32',
  },
);
process.exit(status ?? 1);
