import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { eachEngine } from '../store/testing.ts';
import { AuthRecords } from './records.ts';

eachEngine('what the authorization server remembers', ({ db }) => {
  let records: AuthRecords;
  let key: string;
  beforeEach(() => {
    records = new AuthRecords(db());
    key = crypto.randomUUID();
  });
  afterEach(() => vi.useRealTimers());
  const soon = () => Date.now() + 60_000;
  const later = (millis: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + millis });

  it('comes back until it expires', async () => {
    await records.put('K', key, { a: 1 }, { expiresAt: soon(), grant: 'g' });
    expect(await records.find('K', key)).toEqual({ payload: { a: 1 }, grant: 'g', usedAt: undefined });
    expect(await records.find('Other', key)).toBeUndefined();
    later(60_001);
    expect(await records.find('K', key)).toBeUndefined();
    expect(await records.use('K', key)).toBe(false);
    expect(await records.take('K', key)).toBeUndefined();
  });

  it('is used once, however many try at once', async () => {
    await records.put('K', key, {}, { expiresAt: soon() });
    const tries = await Promise.all(Array.from({ length: 8 }, () => records.use('K', key)));
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect((await records.find('K', key))?.usedAt).toBeCloseTo(Date.now(), -4);
    await records.release('K', key);
    expect(await records.use('K', key)).toBe(true);
  });

  it('is added once, however many try at once, and again when the earlier one has expired', async () => {
    const tries = await Promise.all(Array.from({ length: 8 }, () => records.add('K', key, {}, { expiresAt: soon() })));
    expect(tries.filter(Boolean)).toHaveLength(1);
    later(60_001);
    expect(await records.add('K', key, { b: 2 }, { expiresAt: soon() })).toBe(true);
    expect((await records.find('K', key))?.payload).toEqual({ b: 2 });
  });

  it('is taken once', async () => {
    await records.put('K', key, { a: 1 }, { expiresAt: undefined });
    const taken = await Promise.all([records.take('K', key), records.take('K', key)]);
    expect(taken.filter((record) => record !== undefined)).toHaveLength(1);
  });

  it('ends with its authorization', async () => {
    const grant = crypto.randomUUID();
    await records.put('A', key, {}, { expiresAt: soon(), grant });
    await records.put('B', key, {}, { expiresAt: soon(), grant });
    await records.removeGrant(grant, 'A');
    expect([await records.find('A', key), (await records.find('B', key))?.grant]).toEqual([undefined, grant]);
    await records.removeGrant(grant);
    expect(await records.find('B', key)).toBeUndefined();
  });

  it('comes in pairs of one authorization, while both last', async () => {
    const grant = crypto.randomUUID();
    await records.put('A', key, { a: 1 }, { expiresAt: soon(), grant });
    expect(await records.findPair('A', key, 'B')).toBeUndefined();
    await records.put('B', grant, { b: 2 }, { expiresAt: soon() - 30_000, grant });
    await records.put('B', 'another', { b: 3 }, { expiresAt: soon(), grant: 'another' });
    expect(await records.findPair('A', key, 'B')).toMatchObject({ one: { a: 1 }, other: { b: 2 } });
    later(30_001);
    expect(await records.findPair('A', key, 'B')).toBeUndefined();
  });

  it('is undone with the transaction it was written in', async () => {
    const undone = db().transaction(async (sql) => {
      await records.within(sql).put('K', key, {}, { expiresAt: soon() });
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    expect(await records.find('K', key)).toBeUndefined();
  });
});
