import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '..');
const stampFile = join(root, 'dist/.built-from');
const inputs = [
  'src',
  'fhir',
  'public',
  'index.html',
  'vite.config.ts',
  'tools/service-worker.ts',
  'tools/pdf-parts.ts',
  'package-lock.json',
];

/** Builds the app into `dist`, unless what is there was built from these very files. */
export async function buildIfStale(): Promise<'built' | 'fresh'> {
  const stamp = digestOf(inputs.map((input) => join(root, input)));
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return 'fresh';
  await build({ root, logLevel: 'warn' });
  compressAll(join(root, 'dist'));
  writeFileSync(stampFile, stamp);
  return 'built';
}

/** Writes `.br` and `.gz` beside every text file, so that serving never compresses. */
function compressAll(folder: string): void {
  for (const file of filesBelow(folder)) {
    if (!/\.(js|mjs|css|html|svg|webmanifest)$/.test(file)) continue;
    const bytes = readFileSync(file);
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

function digestOf(paths: string[]): string {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(filesBelow)) {
    if (/\.test\.tsx?$/.test(file)) continue;
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

if (import.meta.main) console.log(`app: ${await buildIfStale()}`);
