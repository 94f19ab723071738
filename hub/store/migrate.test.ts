import { describe, expect, inject, test } from 'vitest';
import { migrate } from './migrate.ts';
import { openPostgresql } from './postgresql.ts';
import { emptyDatabase, eachEngine } from './testing.ts';

eachEngine('Migrations', ({ db }) => {
  const versions = () => db().query<{ version: string }>('select version from schemaversion order by version');

  test('running them again changes nothing', async () => {
    const before = await versions();
    await migrate(db());
    expect(await versions()).toEqual(before);
    expect(before.map(({ version }) => Number(version))).toEqual(expect.arrayContaining([1, 2, 20, 40]));
  });

  test('a record is kept in sixteen parts by person, its history too', async () => {
    const parts = await db().query(
      `select parent.relname as parent, count(*)::integer as parts from pg_inherits i
       join pg_class parent on parent.oid = i.inhparent where parent.relkind = 'p' group by 1 order by 1`,
    );
    expect(parts).toEqual([
      { parent: 'resource', parts: 16 },
      { parent: 'resource_history', parts: 16 },
    ]);
  });

  test('every key of what belongs to a person begins with the person', async () => {
    const keys = await db().query<{ relation: string; first: string }>(
      `select c.relname as relation, a.attname as first from pg_index x join pg_class c on c.oid = x.indrelid
       join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
       where x.indisunique and c.relname in ('resource', 'resource_history', 'audit')`,
    );
    expect(keys).toHaveLength(3);
    for (const { first } of keys) expect(first).toBe('patient');
  });

  test('a file numbered below the last one run is run as well', async () => {
    await db().script('drop table marker; delete from schemaversion where version = 2');
    await migrate(db());
    expect(await db().query('select * from marker')).toEqual([]);
    expect((await versions()).map(({ version }) => Number(version))).toContain(2);
  });

  test('a file that was changed after it had run is refused', async () => {
    const [kept] = await db().query<{ md5: string }>('select md5 from schemaversion where version = 1');
    await db().query(`update schemaversion set md5 = 'another' where version = 1`);
    await expect(migrate(db())).rejects.toThrow(/MD5 checksum failed.*1/);
    await db().query('update schemaversion set md5 = $1 where version = 1', [kept?.md5]);
    await migrate(db());
  });
});

const server = inject('postgresUrl');
// PGlite lets in one process only, so two hubs can start together on PostgreSQL alone.
describe.runIf(server !== undefined)('Two hubs that start together (PostgreSQL)', () => {
  test('both come up, and each migration ran once', async () => {
    const { url, drop } = await emptyDatabase(server!);
    const hubs = await Promise.all([1, 2, 3].map(() => openPostgresql(url)));
    await Promise.all(hubs.map((hub) => migrate(hub)));
    const run = await hubs[0]!.query<{ version: string; times: string }>(
      'select version, count(*) as times from schemaversion group by version',
    );
    expect(run.length).toBeGreaterThan(4);
    for (const { times } of run) expect(times).toBe('1');
    await Promise.all(hubs.map((hub) => hub.close()));
    await drop();
  });
});
