import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { everyProof } from './named-proofs.ts';
import { missingProofs, readPlaywrightRun, readVitestRun, type Ended } from './test-results.ts';

const root = resolve(import.meta.dirname, '..');
const file = 'hub/a.test.ts';
const proof = (title: string) => ({ of: 'L1', file, title });
const run = (...tests: [title: string, status: Ended['status']][]): Ended[] =>
  tests.map(([title, status]) => ({ file, title, status }));

describe('a proof', () => {
  it('stands while its test ran and passed', () => {
    expect(missingProofs([proof('is refused')], run(['is refused', 'passed']))).toEqual([]);
  });

  it.each<[string, Ended[]]>([
    ['no such test ran', run(['is refused at once', 'passed'])],
    ['no such test ran', [{ file: 'hub/b.test.ts', title: 'is refused', status: 'passed' }]],
    ['failed', run(['is refused', 'failed'])],
    ['was left out', run(['is refused', 'skipped'])],
  ])('falls when %s', (what, tests) => {
    expect(missingProofs([proof('is refused')], tests)).toEqual([`L1: ${file}: “is refused” ${what}`]);
  });

  it('on two engines falls when one failed, and stands when one was not there', () => {
    expect(missingProofs([proof('x')], run(['x', 'passed'], ['x', 'failed']))).toHaveLength(1);
    expect(missingProofs([proof('x')], run(['x', 'passed'], ['x', 'skipped']))).toEqual([]);
  });

  it.each([
    ['refuses %s (%i)', 'refuses a.b (4)'],
    ['at $size px, $who', 'at 320 px, Ann'],
    ['${who} opens it', 'Dr Okoro opens it'],
    ['100 %% of them', '100 % of them'],
    ['clean for axe:', 'clean for axe: the timeline'],
  ])('%s stands for each test made from it, and falls with one', (title, made) => {
    expect(missingProofs([proof(title)], run([made, 'passed']))).toEqual([]);
    expect(missingProofs([proof(title)], run([made, 'failed']))).toHaveLength(1);
    expect(missingProofs([proof(title)], run(['something else', 'passed']))).toHaveLength(1);
  });

  it('with a place for a value is not taken for another title', () => {
    expect(missingProofs([proof('refuses %s.')], run(['refuses it', 'passed']))).toHaveLength(1);
  });
});

it('reads what vitest says', () => {
  const results = ['passed', 'failed', 'pending', 'todo'].map((status) => ({ title: status, status, fullName: 'x' }));
  const text = JSON.stringify({ testResults: [{ name: resolve(root, file), assertionResults: results }] });
  expect(readVitestRun(text).map(({ file: of, title, status }) => [of, title, status])).toEqual([
    [file, 'passed', 'passed'],
    [file, 'failed', 'failed'],
    [file, 'pending', 'skipped'],
    [file, 'todo', 'skipped'],
  ]);
  expect(() => readVitestRun('{}')).toThrow('testResults');
});

it('reads what Playwright says, suites within suites', () => {
  const spec = (title: string, status: string, ...results: string[]) => ({
    title,
    file: 'journeys/a.test.ts',
    tests: [{ status, results: results.map((one) => ({ status: one })) }],
  });
  const text = JSON.stringify({
    config: { rootDir: resolve(root, 'e2e') },
    suites: [
      {
        specs: [spec('opens', 'expected', 'passed'), spec('breaks', 'unexpected', 'failed')],
        suites: [
          { specs: [spec('waits', 'skipped'), spec('never', 'skipped', 'skipped'), spec('bad', 'expected', 'failed')] },
        ],
      },
    ],
  });
  expect(readPlaywrightRun(text).map(({ file: of, title, status }) => `${of} ${title} ${status}`)).toEqual([
    'e2e/journeys/a.test.ts opens passed',
    'e2e/journeys/a.test.ts breaks failed',
    'e2e/journeys/a.test.ts waits skipped',
    'e2e/journeys/a.test.ts never skipped',
    'e2e/journeys/a.test.ts bad failed',
  ]);
  expect(() => readPlaywrightRun('{}')).toThrow('suites');
});

it('every document is read for the proofs it names', () => {
  const proofs = everyProof();
  for (const path of [
    'SAFETY.md',
    'docs/accessibility.md',
    'docs/conformance/smart.tsv',
    'docs/conformance/fhir.tsv',
  ]) {
    expect(proofs.filter(({ of }) => of.startsWith(path)).length).toBeGreaterThan(40);
  }
});
