import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Database } from './database.ts';
import { upsertRows } from './resources.ts';
import type { NewRow } from './rows.ts';
import { eachEngine } from './testing.ts';

const row = (patient: string, text: string, more: Partial<NewRow> = {}): NewRow => ({
  patient,
  type: 'Condition',
  id: 'c1',
  source: 'emis',
  origin: 'emis|1',
  mask: 0,
  search: { date: { start: '2026-03-01T09:00:00.000Z', end: undefined }, authored: undefined, tokens: ['code|s|c'] },
  content: JSON.stringify({ resourceType: 'Condition', id: 'c1', meta: { source: 'm' }, code: { text } }),
  ...more,
});

interface Stored {
  version: number;
  updated: string;
  content: string;
}

const stored = (db: Database, patient: string, table = 'resource') =>
  db.query<Stored>(`select version, updated, content from ${table} where patient = $1 order by id, version`, [patient]);

eachEngine('Writing what sources state', ({ db }) => {
  test('a new row is version 1 and says so in its meta, beside what its meta already said', async () => {
    const patient = randomUUID();
    expect(await upsertRows(db(), [row(patient, 'Asthma')])).toEqual({ created: 1, updated: 0, unchanged: 0 });
    const [written] = await stored(db(), patient);
    expect(written?.version).toBe(1);
    expect(JSON.parse(written!.content)).toEqual({
      resourceType: 'Condition',
      id: 'c1',
      meta: { versionId: '1', lastUpdated: written?.updated, source: 'm' },
      code: { text: 'Asthma' },
    });
  });

  test('the same statement again changes nothing, not even the time it was updated', async () => {
    const patient = randomUUID();
    await upsertRows(db(), [row(patient, 'Asthma')]);
    const before = await stored(db(), patient);
    expect(await upsertRows(db(), [row(patient, 'Asthma')])).toEqual({ created: 0, updated: 0, unchanged: 1 });
    expect(await stored(db(), patient)).toEqual(before);
    expect(await stored(db(), patient, 'resource_history')).toEqual([]);
  });

  test('a correction becomes version 2 and what was said before is kept', async () => {
    const patient = randomUUID();
    await upsertRows(db(), [row(patient, 'Asthma')]);
    const [first] = await stored(db(), patient);
    expect(await upsertRows(db(), [row(patient, 'Asthma, refuted')])).toEqual({ created: 0, updated: 1, unchanged: 0 });
    const [second] = await stored(db(), patient);
    expect(second?.version).toBe(2);
    expect(second?.content).toContain('Asthma, refuted');
    expect(second?.content).toContain('"versionId":"2"');
    expect(await stored(db(), patient, 'resource_history')).toEqual([first]);
  });

  test('a label that is put on a record afterwards counts as a change though its text is the same', async () => {
    const patient = randomUUID();
    await upsertRows(db(), [row(patient, 'Asthma')]);
    expect((await upsertRows(db(), [row(patient, 'Asthma', { mask: 1 })])).updated).toBe(1);
    expect(await db().query('select mask from resource where patient = $1', [patient])).toEqual([{ mask: 1 }]);
  });

  test('one statement made twice in one message counts once, as it was made last', async () => {
    const patient = randomUUID();
    const count = await upsertRows(db(), [row(patient, 'first'), row(patient, 'second'), row(patient, 'last')]);
    expect(count).toEqual({ created: 1, updated: 0, unchanged: 0 });
    const [only] = await stored(db(), patient);
    expect(only?.version).toBe(1);
    expect(only?.content).toContain('last');
  });

  test('two people with a row of the same type and id keep each their own', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    await upsertRows(db(), [row(one, 'hers'), row(two, 'his')]);
    await upsertRows(db(), [row(two, 'his, corrected')]);
    const [hers] = await stored(db(), one);
    expect(hers?.content).toContain('"hers"');
    expect(hers?.version).toBe(1);
    expect(await stored(db(), one, 'resource_history')).toEqual([]);
  });

  test('more rows than fit one statement are all written', async () => {
    const patient = randomUUID();
    const many = Array.from({ length: 1203 }, (_, i) => row(patient, `n${i}`, { id: `c${i}` }));
    expect(await upsertRows(db(), many)).toEqual({ created: 1203, updated: 0, unchanged: 0 });
    expect(await upsertRows(db(), many)).toEqual({ created: 0, updated: 0, unchanged: 1203 });
    expect(await upsertRows(db(), [])).toEqual({ created: 0, updated: 0, unchanged: 0 });
  });

  test('writers that meet on the same rows lose nothing: every version stands once, in order', async () => {
    const patient = randomUUID();
    const writers = Array.from({ length: 8 }, (_, writer) =>
      db().transaction((sql) =>
        upsertRows(
          sql,
          Array.from({ length: 5 }, (__, i) => row(patient, `by ${writer}`, { id: `c${(i + writer) % 5}` })),
        ),
      ),
    );
    const counts = await Promise.all(writers);
    expect(counts.reduce((sum, { created }) => sum + created, 0)).toBe(5);
    const versions = await db().query<{ id: string; versions: number[]; texts: number }>(
      `select id, array_agg(version order by version) as versions, count(distinct content::json #>> '{code,text}')::int as texts
       from (select id, version, content from resource where patient = $1
             union all select id, version, content from resource_history where patient = $1) as every
       group by id`,
      [patient],
    );
    expect(versions).toHaveLength(5);
    for (const { versions: numbers, texts } of versions) {
      expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect(texts).toBe(8);
    }
  });

  test('a row whose text is no resource stops its batch, and nothing of the batch is written', async () => {
    const patient = randomUUID();
    const broken = row(patient, '', { id: 'c2', content: '[]' });
    await expect(upsertRows(db(), [row(patient, 'good'), broken])).rejects.toThrow('not a JSON object');
    expect(await stored(db(), patient)).toEqual([]);
  });
});
