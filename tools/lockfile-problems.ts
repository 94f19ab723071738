import { z } from 'zod';

const entry = z.object({
  optionalDependencies: z.record(z.string(), z.string()).optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
  link: z.boolean().optional(),
});

/** What is read of package-lock.json. */
export const lockfileShape = z.object({ packages: z.record(z.string(), entry) });
export type Lockfile = z.infer<typeof lockfileShape>;

/** What is read of package.json: for which packages it was decided whether their install scripts run. */
export const manifestShape = z.object({ allowScripts: z.record(z.string(), z.boolean()) });
export type Manifest = z.infer<typeof manifestShape>;

/** Licences that go with Apache-2.0 and ask for nothing but their notice (MPL-2.0: files of it that we change, and we change none). */
const licences = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  'Unlicense',
]);

/**
 * What is wrong with a lockfile, one sentence each. `npm ci` refuses one that lacks a platform's build of a native tool, on
 * every platform. And what is installed is to be the very bytes that were looked at (a strong digest each, from the one
 * registry), under a licence that was agreed to, and runs nothing while it is installed unless that was decided.
 */
export function lockfileProblems({ packages }: Lockfile, { allowScripts }: Manifest): string[] {
  const present = new Set(Object.keys(packages).map(nameOf));
  return Object.entries(packages).flatMap(([path, one]) => {
    const name = nameOf(path);
    const missing = Object.keys(one.optionalDependencies ?? {}).filter((needed) => !present.has(needed));
    const problems = missing.length === 0 ? [] : [`${name} lacks ${missing.join(' ')}`];
    // What stands in this project's own folders came with it.
    if (!path.includes('node_modules/') || one.link === true) return problems;
    if (one.integrity?.startsWith('sha512-') !== true) problems.push(`${name} has no sha512 digest`);
    // The lockfile names no address (.npmrc, omit-lockfile-registry-resolved): everything comes from the registry npm is set to.
    if (one.resolved !== undefined) problems.push(`${name} comes from elsewhere than the registry: ${one.resolved}`);
    if (one.hasInstallScript === true && allowScripts[name] === undefined) {
      problems.push(`${name} runs a script when it is installed: decide in package.json, allowScripts`);
    }
    if (!isAgreed(one.license)) problems.push(`${name} is under a licence nobody agreed to: ${one.license ?? 'none'}`);
    return problems;
  });
}

function nameOf(path: string): string {
  return path.split('node_modules/').at(-1) ?? path;
}

/** One licence, or one of several to choose from. */
function isAgreed(license: string | undefined): boolean {
  const choices = (license ?? '').replace(/^\(|\)$/g, '').split(' OR ');
  return choices.some((choice) => licences.has(choice));
}
