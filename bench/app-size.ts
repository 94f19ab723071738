import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildIfStale } from '../tools/build.ts';
import type { Figure } from './figure.ts';

/** First-load JavaScript may weigh this many bytes, gzip. */
export const firstLoadLimit = 150 * 1024;

/** `app.js`: bytes of JavaScript, gzip, that the page asks for before anything is pressed: its scripts and what they import at once. */
export async function measureAppSize(): Promise<Figure[]> {
  await buildIfStale();
  const value = firstLoadBytes(resolve(import.meta.dirname, '../dist'));
  return [
    { name: 'app.js', value, unit: 'B', against: `limit of ${firstLoadLimit} B gzip`, ratio: value / firstLoadLimit },
  ];
}

/** Follows static imports from the page's scripts; what is imported later by `import()` is not first load. */
export function firstLoadBytes(dist: string): number {
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const wanted = [...page.matchAll(/(?:src|href)="\/?(assets\/[^"]+\.js)"/g)].flatMap((match) => match[1] ?? []);
  const seen = new Set<string>();
  let bytes = 0;
  while (wanted.length > 0) {
    const file = wanted.pop();
    if (file === undefined || seen.has(file)) continue;
    seen.add(file);
    const source = readFileSync(join(dist, file));
    bytes += gzipSync(source, { level: 9 }).length;
    const statics = source.toString().matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g);
    for (const match of statics) wanted.push(`assets/${match[1] ?? ''}`);
  }
  if (bytes === 0) throw new Error(`no script found in ${dist}: ${readdirSync(dist).join(' ')}`);
  return bytes;
}
