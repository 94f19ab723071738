import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const log = readFileSync(resolve(root, 'SAFETY.md'), 'utf8');
const rows = log.split('\n').filter((line) => /^\| [WGJL]\d+ /.test(line));
const proofs = rows.flatMap((row) =>
  [...row.matchAll(/`([\w./-]+\.test\.tsx?)`: “(.+?)”(?= `| \|)/g)].map(([, file = '', title = '']) => ({
    hazard: row.slice(2, 5).trim(),
    file,
    title,
  })),
);

test('every hazard names at least one test that proves its control', () => {
  expect(rows.length).toBeGreaterThan(30);
  const proved = new Set(proofs.map(({ hazard }) => hazard));
  expect(rows.map((row) => row.slice(2, 5).trim()).filter((hazard) => !proved.has(hazard))).toEqual([]);
});

test.each(proofs)('$hazard: $file still has “$title”', ({ file, title }) => {
  const path = resolve(root, file);
  expect(existsSync(path)).toBe(true);
  const source = readFileSync(path, 'utf8')
    .replaceAll(String.raw`\u2019`, '’')
    .replaceAll(String.raw`\'`, "'");
  expect(source).toContain(title);
});
