import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { expect, test } from 'vitest';
import { compileAhead, withHint } from './compile-ahead.ts';

test('a page is built with the hint as the first line of its own script, and nowhere else', async () => {
  const root = await mkdtemp(join(tmpdir(), 'compile-ahead-'));
  try {
    await writeFile(join(root, 'index.html'), '<script type="module" src="./page.js"></script>');
    await writeFile(join(root, 'page.js'), "document.title = 'a'; void import('./later.js');");
    await writeFile(join(root, 'later.js'), "document.title = 'b';");
    await build({ configFile: false, root, logLevel: 'error', plugins: [compileAhead()] });
    const assets = join(root, 'dist/assets');
    const heads = readdirSync(assets).map((name) => [
      name.replace(/-.*/, ''),
      readFileSync(join(assets, name), 'utf8').startsWith('//# allFunctionsCalledOnLoad\n'),
    ]);
    expect(Object.fromEntries(heads)).toEqual({ index: true, later: false });
  } finally {
    await rm(root, { recursive: true });
  }
});

test('React is compiled ahead beside the page', () => {
  expect(withHint({ isEntry: false, name: 'react', fileName: 'assets/react-a1.js' })).toBe(true);
  expect(withHint({ isEntry: false, name: 'overview', fileName: 'assets/overview-a1.js' })).toBe(false);
});

test('the service worker is no page', () => {
  expect(withHint({ isEntry: true, name: 'sw', fileName: 'sw.js' })).toBe(false);
});
