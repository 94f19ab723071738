import { expect, test } from 'vitest';
import { proofsOf, readDocument, tableRows, testSource } from './named-proofs.ts';

/** Success criteria of WCAG 2.2 (W3C Recommendation of 12-Dec-2024) by level; 4.1.1 is obsolete and removed. */
const criteria = {
  A: '1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2',
  AA: '1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11 2.5.7 2.5.8 3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3',
};
const rows = tableRows(readDocument('docs/accessibility.md'), /^\d+\.\d+\.\d+ /).map((row) => {
  const [number = '', ...more] = row.slice(2).split(' | ');
  const [level = '', how = '', proof = ''] = more;
  return { number: number.split(' ')[0] ?? '', level, how, proof, proofs: proofsOf(row, number) };
});

test.each(Object.entries(criteria))('every criterion at level %s stands in the table once', (level, numbers) => {
  const told = rows.filter((row) => row.level === level).map(({ number }) => number);
  expect([...told].sort()).toEqual(numbers.split(' ').sort());
});

test('each says how it is met and names a test, or who read what and when', () => {
  const bare = rows.filter(
    ({ how, proof, proofs }) =>
      how.trim() === '' || (proofs.length === 0 && !/^Read \d{2}-[A-Z][a-z]{2}-\d{4}/.test(proof)),
  );
  expect(bare.map(({ number }) => number)).toEqual([]);
  expect(rows.filter(({ proofs }) => proofs.length > 0).length).toBeGreaterThan(40);
});

const named = rows.flatMap(({ proofs }) => proofs);
test.each([...new Map(named.map((proof) => [`${proof.file} ${proof.title}`, proof])).values()])(
  '$file still has “$title”',
  ({ file, title }) => {
    expect(testSource(file)).toContain(title);
  },
);
