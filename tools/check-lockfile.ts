import { readFileSync } from 'node:fs';
import { lockfileProblems, lockfileShape, manifestShape } from './lockfile-problems.ts';

// Part of `npm run check`: what would be installed is whole, and is what was looked at.

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
const problems = lockfileProblems(
  lockfileShape.parse(read('package-lock.json')),
  manifestShape.parse(read('package.json')),
);
for (const line of problems) console.error(line);
if (problems.length > 0) process.exitCode = 1;
