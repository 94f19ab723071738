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
});
