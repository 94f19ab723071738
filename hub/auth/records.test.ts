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

  it('tells of a token with its authorization, while both last, and of whom its reader may look at', async () => {
    const grant = crypto.randomUUID();
    await records.put('AccessToken', key, { a: 1 }, { expiresAt: soon(), grant });
    expect(await records.findReading(key)).toBeUndefined();
    // A name that no text of the database holds is kept as it can be.
    const user = { id: 'u1', name: 'Dr A\0 \ud800', organisation: 'RKE' };
    const authorization = { patient: grant, user, from: 'emis' };
    await records.put('Authorization', grant, authorization, { expiresAt: soon() - 30_000, grant });
    await records.put('Authorization', 'another', { b: 3 }, { expiresAt: soon(), grant: 'another' });
    const facts = { ground: null, broke: false, choices: null };
    const kept = { ...authorization, user: { ...user, name: 'Dr A\ufffd \ufffd' } };
    expect(await records.findReading(key)).toMatchObject({ token: { a: 1 }, authorization: kept, facts });
    await db().query(
      `insert into break_glass (patient, grant_id, user_id, user_name, user_role, organisation, opened_from, reason_code,
         reason, until) values ($1, $1, 'u1', 'A', 'R8000', 'RKE', 'emis', 'law', 'A court asks', now() + interval '1 hour')`,
      [grant],
    );
    await db().query(`insert into choice (patient, consent, place, kind) values ($1, 'c', 1, 'mental')`, [grant]);
    const choices = [{ to_organisation: null, from_source: null, kind: 'mental' }];
    expect(await records.findReading(key)).toMatchObject({ facts: { broke: true, choices } });
    later(30_001);
    expect(await records.findReading(key)).toBeUndefined();
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
