import { expect, test } from 'vitest';
import { proofsOf, readDocument, tableRows, testSource } from './named-proofs.ts';

const rows = tableRows(readDocument('SAFETY.md'), /^[WGJL]\d+ /);
const hazardOf = (row: string) => row.slice(2, 5).trim();
const proofs = rows.flatMap((row) => proofsOf(row, hazardOf(row)));

test('every hazard names at least one test that proves its control', () => {
  expect(rows.length).toBeGreaterThan(30);
  const proved = new Set(proofs.map(({ of }) => of));
  expect(rows.map(hazardOf).filter((hazard) => !proved.has(hazard))).toEqual([]);
});

test('each of the 21 misreadings stands in brackets beside the hazard that it is', () => {
  const named = new Set(
    rows.flatMap((row) => (row.split(' | ')[0] ?? '').match(/\[[\d, ]+\]$/)?.[0].match(/\d+/g) ?? []),
  );
  expect(Array.from({ length: 21 }, (_, index) => `${index + 1}`).filter((number) => !named.has(number))).toEqual([]);
});

test.each(proofs)('$of: $file still has “$title”', ({ file, title }) => {
  expect(testSource(file)).toContain(title);
});
