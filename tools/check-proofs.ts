import { existsSync, readFileSync } from 'node:fs';
import { everyProof } from './named-proofs.ts';
import { missingProofs, readPlaywrightRun, readVitestRun } from './test-results.ts';
import { resultFiles } from './result-files.ts';

// The last step of `npm test`: every test that a document names as its proof ran in this run, and passed.

const absent = Object.values(resultFiles).filter((path) => !existsSync(path));
if (absent.length > 0) {
  console.error('There are no results of a whole run to check: run `npm test`.');
  process.exit(1);
}
// A test that many rows name is looked for once, and told with the first of them.
const proofs = [
  ...new Map(
    everyProof()
      .toReversed()
      .map((proof) => [`${proof.file} ${proof.title}`, proof]),
  ).values(),
];
const run = [
  ...readVitestRun(readFileSync(resultFiles.unit, 'utf8')),
  ...readPlaywrightRun(readFileSync(resultFiles.endToEnd, 'utf8')),
];
const missing = missingProofs(proofs, run);
for (const line of missing) console.error(line);
console.log(
  `${proofs.length} tests are named as proofs; ${missing.length} of them did not pass in this run of ${run.length} tests.`,
);
if (missing.length > 0) process.exit(1);
