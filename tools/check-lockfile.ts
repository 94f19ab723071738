import { readFileSync } from 'node:fs';
import { z } from 'zod';

// `npm ci` refuses a lockfile that lacks one platform's build of a native tool, on every platform: found here first.

const lockfile = z
  .object({
    packages: z.record(z.string(), z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() })),
  })
  .parse(JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')));

const nameOf = (path: string) => path.split('node_modules/').at(-1) ?? path;
const present = new Set(Object.keys(lockfile.packages).map(nameOf));
const incomplete = Object.entries(lockfile.packages).flatMap(([path, entry]) => {
  const missing = Object.keys(entry.optionalDependencies ?? {}).filter((name) => !present.has(name));
  return missing.length === 0 ? [] : [`${nameOf(path)} lacks ${missing.join(' ')}`];
});
for (const line of incomplete) console.error(line);
if (incomplete.length > 0) process.exitCode = 1;
