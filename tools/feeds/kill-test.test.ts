import { describe, expect, inject, it } from 'vitest';
import { emptyDatabase } from '../../hub/store/testing.ts';
import { faultsOf, killTest } from './kill-test.ts';

// `node tools/feeds/kill-test.ts` does the same with 20,000 messages and 24 kills. It needs a store that outlives the hub's
// process: where no PostgreSQL is installed it is skipped, and in CI one always is.
const server = inject('postgresUrl');

describe.skipIf(server === undefined)('a hub that is killed while hospitals send', () => {
  it('has lost nothing that it acknowledged, doubled nothing, and kept every order', { timeout: 180_000 }, async () => {
    const { url, drop } = await emptyDatabase(server!);
    const seed = 20261102;
    try {
      const figures = await killTest({ databaseUrl: url, messages: 300, kills: 3, seed });
      expect(faultsOf(figures), `seed ${seed}`).toEqual([]);
      expect(figures).toMatchObject({ acknowledged: 300, kills: 3 });
      expect(figures.killsWhileSending).toBeGreaterThan(0);
      // Every line broke at least once, or the hub was not killed while they were open.
      expect(figures.lines).toBeGreaterThan(4);
    } finally {
      await drop();
    }
  });
});
