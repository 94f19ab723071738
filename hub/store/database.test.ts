import { describe, expect, inject, test } from 'vitest';
import { isoInstant } from './iso-instant.ts';
import { openPostgresql } from './postgresql.ts';
import { eachEngine } from './testing.ts';

eachEngine('One database, whichever engine', ({ db }) => {
  test('values come back in the same types and the same text', async () => {
    const [row] = await db().query(
      `select 9007199254740993::bigint as big, count(*) as counted, 7::integer as small, 7.10::numeric as exact,
         timestamptz '2026-07-01 10:00:00+01' as summer, timestamptz '2026-01-01 00:00:00.120Z' as hundredths,
         timestamptz '2026-01-01 00:00:00.123456Z' as micros, timestamp '2026-01-01 09:00' as plain,
         date '2026-03-29' as day, null::timestamptz as nothing, true as yes, array['a', 'b"c'] as list,
         '{"a": 1}'::json as object, $1::text as missing, $2::text[] as bound`,
      [undefined, ['x', 'y,z', null]],
    );
    expect(row).toEqual({
      big: '9007199254740993',
      counted: '1',
      small: 7,
      exact: '7.10',
      summer: '2026-07-01T09:00:00.000Z',
      hundredths: '2026-01-01T00:00:00.120Z',
      micros: '2026-01-01T00:00:00.123456Z',
      plain: '2026-01-01T09:00:00.000Z',
      day: '2026-03-29',
      nothing: null,
      yes: true,
      list: ['a', 'b"c'],
      object: { a: 1 },
      missing: null,
      bound: ['x', 'y,z', null],
    });
  });

  test('sessions run in UTC', async () => {
    expect(await db().query(`select current_setting('TimeZone') as zone`)).toEqual([{ zone: 'UTC' }]);
  });

  test('a transaction keeps all or nothing', async () => {
    await db().script('create table ledger (line integer)');
    await db().transaction((sql) => sql.query('insert into ledger values (1)'));
    await expect(
      db().transaction(async (sql) => {
        await sql.query('insert into ledger values (2)');
        throw new Error('changed our mind');
      }),
    ).rejects.toThrow('changed our mind');
    expect(await db().query('select line from ledger')).toEqual([{ line: 1 }]);
  });

  test('a transaction whose failed statement was passed over is not taken for committed', async () => {
    await db().script('create table passed_over (line integer)');
    const work = db().transaction(async (sql) => {
      await sql.query('insert into passed_over values (1)');
      await sql.query('select 1 / 0').catch(() => 'went on regardless');
    });
    await expect(work).rejects.toThrow(/rolled back|aborted|commit/i);
    expect(await db().query('select line from passed_over')).toEqual([]);
  });

  test('a plain statement never lands inside a transaction that is running beside it', async () => {
    await db().script('create table beside (who text)');
    const { promise: hurry, resolve: goOn } = Promise.withResolvers<void>();
    const rolledBack = db().transaction(async (sql) => {
      await sql.query(`insert into beside values ('inside')`);
      await hurry;
      throw new Error('rolled back');
    });
    const outside = db().query(`insert into beside values ('outside')`);
    goOn();
    await expect(rolledBack).rejects.toThrow('rolled back');
    await outside;
    expect(await db().query('select who from beside')).toEqual([{ who: 'outside' }]);
  });

  test('using the database inside its own transaction is refused, not waited for; after it, it is free again', async () => {
    const { promise: later, resolve: go } = Promise.withResolvers<void>();
    let leftBehind: Promise<unknown> | undefined;
    await db().transaction(async () => {
      await expect(db().query('select 1')).rejects.toThrow('inside a transaction');
      await expect(db().script('select 1')).rejects.toThrow('inside a transaction');
      await expect(db().transaction(async () => 1)).rejects.toThrow('inside a transaction');
      leftBehind = later.then(() => db().query('select 1 as one'));
    });
    go();
    expect(await leftBehind).toEqual([{ one: 1 }]);
  });

  test('a statement that is wrong rejects with what the engine says, and the next one works', async () => {
    await expect(db().query('select nonsense')).rejects.toThrow(/nonsense/);
    expect(await db().query('select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('Time zones', () => {
  test.each([
    ['2026-07-01 10:00:00+01', '2026-07-01T09:00:00.000Z'],
    ['2026-07-01 10:00:00.5-03:30', '2026-07-01T13:30:00.500Z'],
    ['1847-12-01 00:00:00-00:01:15', '1847-12-01T00:01:15.000Z'],
    ['2026-07-01 10:00:00+00', '2026-07-01T10:00:00.000Z'],
    ['infinity', 'infinity'],
  ])('a session that is not in UTC: %s is %s', (text, iso) => {
    expect(isoInstant(text)).toBe(iso);
  });

  const server = inject('postgresUrl');
  test.runIf(server !== undefined)('a server whose own zone is London answers in UTC', async () => {
    const london = await openPostgresql(server!);
    await london.script(`set time zone 'Europe/London'`);
    expect(await london.query(`select timestamptz '2026-07-01 09:00:00Z' as at`)).toEqual([
      { at: '2026-07-01T09:00:00.000Z' },
    ]);
    await london.close();
  });
});
