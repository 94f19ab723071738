import { isAbsolute, relative, resolve } from 'node:path';
import { z } from 'zod';
import type { Proof } from './named-proofs.ts';

const root = resolve(import.meta.dirname, '..');

/** How one test ended in a run. A test that was left out, or never came to its end, did not pass. */
export interface Ended {
  /** Path from the top of the project. */
  file: string;
  title: string;
  status: 'passed' | 'failed' | 'skipped';
}

const vitestRun = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ title: z.string(), status: z.string() })),
    }),
  ),
});

/** Reads what `vitest --reporter=json` wrote. Throws when it is something else. */
export function readVitestRun(text: string): Ended[] {
  return vitestRun.parse(JSON.parse(text)).testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ title, status }) => ({
      file: isAbsolute(name) ? relative(root, name) : name,
      title,
      status: status === 'passed' || status === 'failed' ? status : ('skipped' as const),
    })),
  );
}

const playwrightTests = z.array(z.object({ status: z.string(), results: z.array(z.object({ status: z.string() })) }));
const playwrightSuite = z.object({
  get suites() {
    return z.array(playwrightSuite).optional();
  },
  specs: z.array(z.object({ title: z.string(), file: z.string(), tests: playwrightTests })),
});
const playwrightRun = z.object({
  config: z.object({ rootDir: z.string() }),
  suites: z.array(playwrightSuite),
});

/** Reads what `playwright test --reporter=json` wrote. Throws when it is something else. */
export function readPlaywrightRun(text: string): Ended[] {
  const { config, suites } = playwrightRun.parse(JSON.parse(text));
  const specsOf = (suite: z.infer<typeof playwrightSuite>): z.infer<typeof playwrightSuite>['specs'] => [
    ...suite.specs,
    ...(suite.suites ?? []).flatMap(specsOf),
  ];
  return suites.flatMap(specsOf).flatMap(({ title, file, tests }) =>
    tests.map(({ status, results }) => ({
      file: relative(root, resolve(config.rootDir, file)),
      title,
      status: endOf(
        status,
        results.map((result) => result.status),
      ),
    })),
  );
}

/** Playwright calls a failure that was foreseen "expected": here it is none the less no pass. */
function endOf(status: string, results: string[]): Ended['status'] {
  if (status === 'skipped' || results.length === 0) return 'skipped';
  return status === 'expected' && results.every((result) => result === 'passed') ? 'passed' : 'failed';
}

/**
 * What is wrong with each proof in a run: its test is gone, failed, or was left out. A title with places for values
 * (`%s`, `$name`, `${name}`) stands for all the tests made from it, and all of them must have passed. A test that is left
 * out for one engine and passed for another passed.
 */
export function missingProofs(proofs: readonly Proof[], run: readonly Ended[]): string[] {
  const byFile = Map.groupBy(run, ({ file }) => file);
  return proofs.flatMap(({ of, file, title }) => {
    const named = testsNamed(title, byFile.get(file) ?? []);
    const what =
      named.length === 0
        ? 'no such test ran'
        : named.some(({ status }) => status === 'failed')
          ? 'failed'
          : named.every(({ status }) => status === 'skipped')
            ? 'was left out'
            : undefined;
    return what === undefined ? [] : [`${of}: ${file}: “${title}” ${what}`];
  });
}

function testsNamed(title: string, tests: readonly Ended[]): Ended[] {
  const exact = tests.filter((test) => plain(test.title) === title);
  if (exact.length > 0) return exact;
  const pattern = patternOf(title);
  const whole = tests.filter((test) => pattern.whole.test(plain(test.title)));
  // A title that ends in a colon is followed by the state or case it is about.
  if (whole.length > 0 || !title.endsWith(':')) return whole;
  return tests.filter((test) => pattern.beginning.test(plain(test.title)));
}

const plain = (title: string): string => title.replaceAll("\\'", "'");
const place = /%[sdifjoO#$]|\$\{[^}]*\}|\$[A-Za-z_][\w.]*/g;

function patternOf(title: string): { whole: RegExp; beginning: RegExp } {
  const words = title
    .split(place)
    .map((part) => part.replaceAll('%%', '%').replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('.*');
  return { whole: new RegExp(`^${words}$`, 's'), beginning: new RegExp(`^${words}`, 's') };
}
