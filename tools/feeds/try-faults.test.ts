import { describe, expect, inject, it } from 'vitest';
import { emptyDatabase } from '../../hub/store/testing.ts';
import { lineFaults } from './faults/line-faults.ts';
import { storeFaults } from './faults/store-faults.ts';
import { tryFaults } from './try-faults.ts';

// `node tools/feeds/try-faults.ts` tries them all. Those of the store need PostgreSQL: where none is installed it is
// skipped, and in CI one always is.
const server = inject('postgresUrl');
const hugeFrame = lineFaults.filter(({ name }) => name === 'a frame of 100 MB');

describe.skipIf(server === undefined)('a hub that hospitals send to', () => {
  it('stands a store that goes away, is full or slow, and a frame of 100 MB', { timeout: 180_000 }, async () => {
    const { url, drop } = await emptyDatabase(server!);
    try {
      const tried = await tryFaults(url, server!, [...storeFaults, ...hugeFrame]);
      expect(tried.filter(({ stood }) => !stood)).toEqual([]);
      expect(tried).toHaveLength(4);
    } finally {
      await drop();
    }
  });
});
