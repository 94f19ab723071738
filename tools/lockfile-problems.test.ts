import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lockfileProblems, lockfileShape, manifestShape, type Lockfile } from './lockfile-problems.ts';

const sound = { integrity: 'sha512-abc', license: 'MIT' };
const problemsWith = (packages: Lockfile['packages']): string[] =>
  lockfileProblems({ packages }, { allowScripts: { built: true, silent: false } });

describe('what is installed with this project', () => {
  it('is this project’s own lockfile’s, without a problem', () => {
    const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
    const lockfile = lockfileShape.parse(read('package-lock.json'));
    expect(Object.keys(lockfile.packages).length).toBeGreaterThan(100);
    expect(lockfileProblems(lockfile, manifestShape.parse(read('package.json')))).toEqual([]);
  });

  it.each<[string, Lockfile['packages'][string], RegExp]>([
    ['has no digest', { license: 'MIT' }, /^a has no sha512 digest$/],
    ['has a weak one', { ...sound, integrity: 'sha1-abc' }, /no sha512 digest/],
    ['comes from elsewhere', { ...sound, resolved: 'https://evil.example/a.tgz' }, /from elsewhere/],
    ['comes from a repository', { ...sound, resolved: 'git+ssh://git@example.org/a.git' }, /from elsewhere/],
    ['runs a script nobody decided on', { ...sound, hasInstallScript: true }, /runs a script/],
    ['has another licence', { ...sound, license: 'AGPL-3.0' }, /licence nobody agreed to: AGPL-3.0$/],
    ['has none', { integrity: 'sha512-abc' }, /licence nobody agreed to: none$/],
    ['lacks a platform’s build', { ...sound, optionalDependencies: { 'a-darwin': '1' } }, /^a lacks a-darwin$/],
  ])('is refused when a package %s', (_what, one, problem) => {
    expect(problemsWith({ 'node_modules/a': one })).toEqual([expect.stringMatching(problem)]);
  });

  it('may choose one of several licences, run a script that was decided on, and stand in a folder of the project', () => {
    const packages = {
      '': {},
      'tools/empty': {},
      'node_modules/own': { link: true, resolved: 'tools/empty' },
      'node_modules/either': { ...sound, license: '(AGPL-3.0 OR MIT)' },
      'node_modules/a/node_modules/built': { ...sound, hasInstallScript: true },
      'node_modules/silent': { ...sound, hasInstallScript: true },
    };
    expect(problemsWith(packages)).toEqual([]);
  });
});
