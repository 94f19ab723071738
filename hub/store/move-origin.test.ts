import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { moveOrigin, MoveRefusedError } from './move-origin.ts';
import { upsertRows } from './resources.ts';
import type { NewRow } from './rows.ts';
import { eachEngine } from './testing.ts';

function row(patient: string, id: string, origin: string, text = 'x'): NewRow {
  return {
    patient,
    type: 'Encounter',
    id,
    source: 'emis',
    origin,
    mask: 0,
    search: {
      date: { start: '2026-03-01T09:00:00.000Z', end: undefined },
      authored: undefined,
      tokens: ['status|finished', `subject=Patient/${patient}`, `performer=Patient/${patient}0`],
    },
    content: JSON.stringify({ resourceType: 'Encounter', id, subject: { reference: `Patient/${patient}` }, text }),
  };
}

eachEngine('Moving what came with one source record', ({ db }) => {
  const everything = (patient: string, table = 'resource') =>
    db().query<{ id: string; version: number; content: string; tokens?: string[] }>(
      `select * from ${table} where patient = $1 order by id, version`,
      [patient],
    );

  test('moves exactly the rows of that origin, with their history, and says whose they are now', async () => {
    const [from, to] = [randomUUID(), randomUUID()];
    await upsertRows(db(), [row(from, 'e1', 'emis|1'), row(from, 'e2', 'emis|2'), row(to, 'e3', 'emis|1')]);
    await upsertRows(db(), [row(from, 'e1', 'emis|1', 'corrected')]);
    expect(await moveOrigin(db(), 'emis|1', from, to)).toBe(1);

    expect((await everything(from)).map(({ id }) => id)).toEqual(['e2']);
    expect(await everything(from, 'resource_history')).toEqual([]);
    const [moved, own] = await everything(to);
    expect(own?.version).toBe(1);
    expect(moved?.version).toBe(3);
    expect(JSON.parse(moved!.content)).toMatchObject({
      subject: { reference: `Patient/${to}` },
      text: 'corrected',
      meta: { versionId: '3' },
    });
    expect(moved?.tokens).toEqual(['status|finished', `subject=Patient/${to}`, `performer=Patient/${from}0`]);
    const past = await everything(to, 'resource_history');
    expect(past.map(({ id, version }) => `${id} ${version}`)).toEqual(['e1 1', 'e1 2']);
    for (const { content, version } of past) {
      expect(content).toContain(`"versionId":"${version}"`);
      expect(content).toContain(`"Patient/${to}"`);
    }
  });

  test('the source saying the same again, about the person it now belongs to, changes nothing', async () => {
    const [from, to] = [randomUUID(), randomUUID()];
    const stated = (patient: string): NewRow => {
      const said = row(patient, 'e1', 'emis|1');
      return { ...said, search: { ...said.search, tokens: said.search.tokens.slice(0, 2) } };
    };
    await upsertRows(db(), [stated(from)]);
    await moveOrigin(db(), 'emis|1', from, to);
    expect(await upsertRows(db(), [stated(to)])).toEqual({ created: 0, updated: 0, unchanged: 1 });
  });

  test('there and back again leaves nothing behind', async () => {
    const [from, to] = [randomUUID(), randomUUID()];
    await upsertRows(db(), [row(from, 'e1', 'emis|1'), row(from, 'e2', 'emis|1')]);
    expect(await moveOrigin(db(), 'emis|1', from, to)).toBe(2);
    expect(await moveOrigin(db(), 'emis|1', to, from)).toBe(2);
    expect(await everything(to)).toEqual([]);
    expect(await everything(to, 'resource_history')).toEqual([]);
    expect((await everything(from)).map(({ id, version }) => `${id} ${version}`)).toEqual(['e1 3', 'e2 3']);
    expect(await everything(from, 'resource_history')).toHaveLength(4);
  });

  test('is refused, and moves nothing, when the other person has such a row already', async () => {
    const [from, to] = [randomUUID(), randomUUID()];
    await upsertRows(db(), [row(from, 'e1', 'emis|1'), row(from, 'e2', 'emis|1'), row(to, 'e2', 'emis|9')]);
    await expect(moveOrigin(db(), 'emis|1', from, to)).rejects.toBeInstanceOf(MoveRefusedError);
    expect(await everything(from)).toHaveLength(2);
    expect(await everything(to)).toHaveLength(1);
  });

  test('to the same person is no move', async () => {
    const person = randomUUID();
    await upsertRows(db(), [row(person, 'e1', 'emis|1')]);
    expect(await moveOrigin(db(), 'emis|1', person, person)).toBe(0);
    expect((await everything(person))[0]?.version).toBe(1);
  });
});
