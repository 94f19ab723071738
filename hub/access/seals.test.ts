import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { ResourceType } from '../../fhir/resource-types.ts';
import { directory } from '../store/rows.ts';
import { upsertRows } from '../store/resources.ts';
import { eachEngine } from '../store/testing.ts';
import { settleLabels, writeMasks } from './label-links/settle-labels.ts';
import { labelBits } from './labels.ts';
import { settleSeals } from './seals.ts';
import { readerOf } from './testing.ts';
import { writeRows } from './write.ts';

// Harm: leaked record. What the person seals goes with its letter, its medicine, its booking and its result.

eachEngine('Sealing', ({ db }) => {
  const row = (patient: string, type: ResourceType, id: string, points: Record<string, unknown> = {}) => ({
    patient,
    type,
    id,
    source: 'emis',
    origin: `emis|${patient}`,
    mask: 0,
    search: { date: undefined, authored: undefined, tokens: [] },
    content: JSON.stringify({ resourceType: type, id, ...points }),
  });
  const visit = { reference: 'Encounter/visit' };
  const linked = (patient: string) => [
    row(patient, 'Encounter', 'visit', { appointment: [{ reference: 'Appointment/booking' }] }),
    row(patient, 'Appointment', 'booking'),
    row(patient, 'DocumentReference', 'letter', { context: { encounter: [visit] } }),
    row(patient, 'MedicationRequest', 'medicine', { encounter: visit }),
    row(patient, 'Observation', 'result', { encounter: visit }),
    row(patient, 'Encounter', 'another'),
    row(patient, 'Observation', 'other-result', { encounter: { reference: 'Encounter/another' } }),
  ];
  const sealed = async (patient: string) =>
    (
      await db().query<{ id: string }>('select id from resource where patient = $1 and mask = $2 order by id', [
        patient,
        labelBits.sealed,
      ])
    ).map(({ id }) => id);
  const seal = (patient: string, id: string) =>
    db().transaction(async (sql) => {
      await sql.query(
        `insert into sealed_item (patient, type, id, consent) values ($1, 'Encounter', $2, 'c1') on conflict do nothing`,
        [patient, id],
      );
      await settleSeals(sql, patient);
    });
  const all = ['booking', 'letter', 'medicine', 'result', 'visit'];

  it('a visit takes its letter, medicine, booking and result with it, and nothing else; unsealed, all are back', async () => {
    const person = randomUUID();
    await upsertRows(db(), linked(person));
    await seal(person, 'visit');
    expect(await sealed(person)).toEqual(all);
    await db().transaction(async (sql) => {
      await sql.query('delete from sealed_item where patient = $1', [person]);
      await settleSeals(sql, person);
    });
    expect(await sealed(person)).toEqual([]);
  });

  it('what is told of it later is sealed as it comes, though no source labels it', async () => {
    const person = randomUUID();
    await upsertRows(db(), linked(person));
    await seal(person, 'visit');
    const later = [
      row(person, 'DiagnosticReport', 'late-report', { encounter: visit }),
      row(person, 'Encounter', 'visit'),
    ];
    const settled = await settleLabels(db(), later, new Map());
    await upsertRows(db(), later);
    await writeMasks(db(), settled);
    expect(await sealed(person)).toEqual(expect.arrayContaining(['late-report', 'visit']));
  });

  it('of one person seals nothing of another', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    await upsertRows(db(), [...linked(one), ...linked(two)]);
    await seal(one, 'visit');
    expect(await sealed(two)).toEqual([]);
    expect(await sealed(directory)).toEqual([]);
  });

  it('what an app writes about it is sealed with it, and stays so when the app deletes it', async () => {
    const person = randomUUID();
    await upsertRows(db(), linked(person));
    await seal(person, 'visit');
    const note = { ...row(person, 'Observation', 'note', { encounter: visit }), source: 'care-timeline' };
    const reader = readerOf(person);
    await db().transaction((sql) => writeRows(sql, reader, [{ action: 'create', row: note }], false));
    expect(await sealed(person)).toEqual([...all, 'note'].toSorted((a, b) => (a < b ? -1 : 1)));
    const gone = { ...note, content: JSON.stringify({ resourceType: 'Observation', id: 'note' }), mask: 1 << 29 };
    await db().transaction((sql) => writeRows(sql, reader, [{ action: 'delete', row: gone }], false));
    const [left] = await db().query<{ mask: number }>(`select mask from resource where patient = $1 and id = 'note'`, [
      person,
    ]);
    expect(left?.mask).toBe((1 << 29) | labelBits.sealed);
  });
});
