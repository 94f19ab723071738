import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

// docs/hub.md lists every way the FHIR service refuses: each status with its issue code, and no other.

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /(?<!\.test)\.ts$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

it('every refusal in the code is in the catalogue, and every line of the catalogue is in the code', () => {
  const code = sources(import.meta.dirname).join('\n');
  const thrown = [...code.matchAll(/new FhirError\(\s*(\d{3}),\s*'([a-z-]+)'/g)].map(
    ([, status, issue]) => `${status} ${issue}`,
  );
  const catalogue = readFileSync(resolve(import.meta.dirname, '../../docs/hub.md'), 'utf8');
  const listed = [...catalogue.matchAll(/^\| (\d{3}) \| ([a-z-]+) \|/gm)].map(
    ([, status, issue]) => `${status} ${issue}`,
  );
  expect([...new Set(thrown)].toSorted()).toEqual(listed.toSorted());
});
