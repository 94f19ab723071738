import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { desks, hub } from '../addresses.ts';

test('the worked example of docs/hub.md runs as it stands, from launch handle to a page of the timeline', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../docs/hub.md'), 'utf8');
  const commands = [...text.matchAll(/^```bash\n([\s\S]*?)^```/gm)].map((match) => match[1]);
  expect(commands.length).toBeGreaterThan(6);
  const said = execFileSync('bash', ['-euo', 'pipefail', '-c', commands.join('\n')], {
    encoding: 'utf8',
    // Colours would be part of what it says.
    env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1', HUB: hub, DESKS: desks },
  });
  expect(said.trim().split('\n')).toEqual(['20', 'Bundle', 'Bundle']);
});
