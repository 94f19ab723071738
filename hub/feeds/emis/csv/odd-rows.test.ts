import * as fc from 'fast-check';
import type { FhirResource } from 'fhir/r4';
import { expect, it } from 'vitest';
import { asJson, withoutUndefined } from '../../../resource/json.ts';
import { admit } from '../../intake/admissible.ts';
import { columnsOf, personTables, type TableName, tables } from './tables.ts';
import { fileOf, guidOf, Kept, type TestRow } from './testing-extract.ts';

/** What has been seen in such columns, and what nobody should ever see there. */
const odd = fc.constantFrom(
  '',
  'NULL',
  'true',
  'false',
  'TRUE',
  '2026-11-02',
  '2026-02-30',
  '0001-01-01',
  '02/11/2026',
  '2026-11-02 09:30:00',
  '09:30:00',
  '25:61:00',
  'YMD',
  'U',
  'Y',
  '-1',
  '1e9',
  '99999999999999999999',
  '0.0',
  '<5',
  'n/a',
  'Observation',
  'Investigation',
  'Value',
  'Allergy',
  'Immunisation',
  'Referral',
  'Document',
  'Family history',
  'Test Request',
  'Past Problem',
  'Telephone consultation',
  'Repeat',
  'F',
  'X',
  ' ',
  '=cmd()',
  'constructor',
  '__proto__',
  'toString',
  '<b>',
  '../../etc',
  'Zoë \u0001 \u0000 end',
  '🦊'.repeat(40),
  ...[1, 2, 3, 4, 5].map(guidOf),
);

const otherTables = (Object.keys(tables) as TableName[]).filter((table) => !tables[table].ofPerson);

/** A row of one of five names, of this person, with anything in its other columns. */
const rowOf = (table: TableName): fc.Arbitrary<TestRow> =>
  fc
    .tuple(fc.dictionary(fc.constantFrom(...columnsOf(table)), odd, { maxKeys: 12 }), fc.integer({ min: 1, max: 5 }))
    .map(([cells, which]) => ({
      ...cells,
      ...Object.fromEntries(tables[table].key.map((column) => [column, guidOf(which)])),
      ...(tables[table].ofPerson ? { PatientGuid: guidOf(1) } : {}),
    }));
const rows = (among: readonly TableName[]) =>
  fc.array(
    fc.constantFrom(...among).chain((table) => rowOf(table).map((row) => ({ table, row }))),
    { maxLength: 25 },
  );

/** Why the intake would refuse it. */
const problemOf = (resource: FhirResource): string | undefined =>
  admit(withoutUndefined(asJson(resource)) as unknown as FhirResource).problem;

it('whatever stands in a person’s rows, all of it is told in a form that the hub takes, and none of it throws', async () => {
  await fc.assert(
    fc.asyncProperty(
      rows([...personTables, 'Coding_ClinicalCode', 'Appointment_Session']),
      rowOf('Admin_Patient'),
      async (given, person) => {
        const who = { ...person, SpineSensitive: '', DummyType: '', Deleted: '' };
        const others = given.filter(({ table }) => table !== 'Admin_Patient');
        const kept = new Kept(fileOf('Admin_Patient', [{ ...who, PatientGuid: guidOf(1) }], undefined, 1));
        for (const [at, { table, row }] of others.entries()) kept.take(fileOf(table, [row], undefined, at + 2));
        const { resources } = await kept.tell(guidOf(1));
        expect(resources.map(problemOf).filter(Boolean)).toEqual([]);
        expect(new Set(resources.map(({ resourceType, id }) => `${resourceType}/${id}`)).size).toBe(resources.length);
      },
    ),
    { numRuns: 300 },
  );
});

it('whatever stands in the lists of a practice, they are told in a form that the hub takes', async () => {
  await fc.assert(
    fc.asyncProperty(rows(otherTables), async (given) => {
      const kept = new Kept(...given.map(({ table, row }, at) => fileOf(table, [row], undefined, at + 1)));
      for (const scope of otherTables) {
        const { resources } = await kept.tell('', scope);
        expect(resources.map(problemOf).filter(Boolean)).toEqual([]);
      }
    }),
    { numRuns: 200 },
  );
});

it('no entry is lost: every row that was not taken back is in what is told', async () => {
  const tellable = personTables.filter(
    (table) => table !== 'Admin_Patient' && table !== 'CareRecord_ObservationReferral',
  );
  await fc.assert(
    fc.asyncProperty(rows(tellable), async (given) => {
      const kept = new Kept(fileOf('Admin_Patient', [{ PatientGuid: guidOf(1) }], undefined, 1));
      const last = new Map<string, { table: TableName; row: TestRow }>();
      for (const [at, { table, row }] of given.entries()) {
        const plain: TestRow = { ...row, Deleted: 'false', ParentObservationGuid: '' };
        kept.take(fileOf(table, [plain], undefined, at + 2));
        last.set(`${table} ${plain[tables[table].key[0]]}`, { table, row: plain });
      }
      const told = (await kept.tell(guidOf(1))).resources;
      const names = JSON.stringify(told);
      for (const { table, row } of last.values()) {
        const id = row[tables[table].key[0]] ?? '';
        // A problem is told with the entry that it is of.
        if (table === 'CareRecord_Problem') continue;
        expect(names, table).toContain(table === 'Appointment_Slot' ? id.replaceAll('-', '') : `"id":"${id}`);
      }
    }),
    { numRuns: 200 },
  );
});
