import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { proofsOf, readDocument, tableRows, testSource } from './named-proofs.ts';

const root = resolve(import.meta.dirname, '..');
const security = readDocument('SECURITY.md');
const threats = tableRows(security, /^[A-K]\d+ \[/);
const idOf = (row: string): string => row.slice(2).split(' ')[0] ?? '';

describe('the threat model', () => {
  it('names for every threat at least one test that proves its control, and every threat once', () => {
    expect(threats.length).toBeGreaterThan(50);
    expect(threats.filter((row) => proofsOf(row, idOf(row)).length === 0).map(idOf)).toEqual([]);
    expect(new Set(threats.map(idOf)).size).toBe(threats.length);
  });

  it('looks at every arrow for each of the six kinds of threat', () => {
    const arrows = security.split(/^### /m).slice(1);
    const looked = arrows.map((arrow) => ({
      arrow: arrow.split('\n')[0],
      letters: new Set(
        tableRows(arrow, /^[A-K]\d+ \[/).flatMap((row) => row.split(' | ')[0]?.match(/(?<=\[)[A-Z](?=\])/g) ?? []),
      ),
    }));
    const ofArrows = looked.filter(({ arrow }) => arrow !== 'What is built and handed on');
    expect(ofArrows).toHaveLength(8);
    for (const { arrow, letters } of ofArrows) expect([...letters].toSorted().join(''), arrow).toBe('DEIRST');
  });

  it.each(threats.flatMap((row) => proofsOf(row, idOf(row))))('$of: $file still has “$title”', ({ file, title }) => {
    expect(testSource(file)).toContain(title);
  });
});

const requirements = tableRows(readDocument('docs/security/asvs.md'), /^\d+\.\d+\.\d+/);

/** The files a row names as evidence, other than tests by their title. */
const filesOf = (row: string): string[] =>
  [...row.matchAll(/`([\w./-]+\.\w+|\.ci\/run)`(?!: “)/g)].map(([, file = '']) => file);

describe('the list of OWASP ASVS, level 2', () => {
  it('says of every requirement how it is met, why it does not apply, who else is to meet it, or that it is not met', () => {
    expect(requirements.length).toBeGreaterThan(90);
    const without = requirements.filter((row) => {
      const how = row.split(' | ').at(-1) ?? '';
      const said = /^(?:not applicable|not met|left to the deployment): \S/.test(how);
      return !said && proofsOf(row, idOf(row)).length === 0 && filesOf(how).length === 0;
    });
    expect(without).toEqual([]);
  });

  it('names no requirement twice', () => {
    const numbers = requirements.flatMap((row) => row.split(' | ')[0]?.match(/\d+\.\d+\.\d+/g) ?? []);
    expect(numbers.filter((number, place) => numbers.indexOf(number) !== place)).toEqual([]);
  });

  it.each(requirements.flatMap((row) => proofsOf(row, idOf(row))))(
    '$of: $file still has “$title”',
    ({ file, title }) => {
      expect(testSource(file)).toContain(title);
    },
  );

  it.each(requirements.flatMap(filesOf))('%s is there', (file) => {
    expect(existsSync(resolve(root, file)) || file === 'registrations.json').toBe(true);
  });
});
