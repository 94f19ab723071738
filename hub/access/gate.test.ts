import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { resourceTypes } from '../../fhir/resource-types.ts';
import { upsertRows } from '../store/resources.ts';
import { directory } from '../store/rows.ts';
import { eachEngine } from '../store/testing.ts';
import { includedRows, readRow, readVersion, searchRows, someWithheld } from './gate.ts';
import { hiddenBits, labelBits } from './labels.ts';
import { newQuery, newRow, readerOf } from './testing.ts';

interface AuditRow {
  patient: string;
  at: string;
  user_id: string;
  user_name: string;
  user_role: string;
  user_organisation: string;
  client: string;
  grant_id: string;
  opened_from: string;
  reason: string | null;
  purpose: string;
  action: string;
  type: string | null;
  ids: string[];
  query: string | null;
  outcome: string;
  found: number;
}

eachEngine('The one filter', ({ db }) => {
  // In the order written: the embedded store's clock ticks too slowly to tell two rows apart.
  const auditOf = (patient: string) =>
    db().query<AuditRow>('select * from audit where patient = $1 order by ctid', [patient]);

  test('a reader gets the one person of the token and nobody else, whatever is asked', async () => {
    const [own, other] = [randomUUID(), randomUUID()];
    await upsertRows(db(), [
      newRow(own, 'mine', { tokens: ['subject=Patient/x'] }),
      newRow(other, 'theirs', { tokens: ['subject=Patient/x'] }),
      newRow(other, other, { type: 'Patient' }),
    ]);
    const reader = readerOf(own);
    expect((await searchRows(db(), reader, newQuery())).rows.map(({ id }) => id)).toEqual(['mine']);
    expect((await searchRows(db(), reader, newQuery({ ids: ['theirs'] }))).rows).toEqual([]);
    expect(await readRow(db(), reader, 'Encounter', 'theirs')).toBeUndefined();
    expect(await readRow(db(), reader, 'Patient', other)).toBeUndefined();
    expect(await readVersion(db(), reader, 'Encounter', 'theirs', 1)).toBeUndefined();
    expect(
      await includedRows(db(), reader, [
        { type: 'Encounter', id: 'theirs' },
        { type: 'Patient', id: other },
      ]),
    ).toEqual([]);
    expect((await searchRows(db(), reader, newQuery({ ids: ['theirs'] }), ['subject'])).references).toEqual([]);
  });

  test('the directory is the same for every reader, and no person type is read from it', async () => {
    const id = randomUUID();
    await upsertRows(db(), [newRow(directory, id, { type: 'Practitioner' }), newRow(directory, id)]);
    const reader = readerOf(randomUUID());
    expect((await readRow(db(), reader, 'Practitioner', id))?.id).toBe(id);
    expect((await searchRows(db(), reader, newQuery({ type: 'Practitioner', ids: [id] }))).rows).toHaveLength(1);
    expect(await readRow(db(), reader, 'Encounter', id)).toBeUndefined();
  });

  test('a directory type kept by mistake in a compartment is not read from there', async () => {
    const person = randomUUID();
    await upsertRows(db(), [newRow(person, 'p1', { type: 'Practitioner' })]);
    expect(await readRow(db(), readerOf(person), 'Practitioner', 'p1')).toBeUndefined();
  });

  test('two people never mix: for any rows, each reader gets exactly their own', async () => {
    const arbitraryRow = fc.record({
      person: fc.constantFrom(0, 1),
      type: fc.constantFrom(...resourceTypes.slice(0, 6)),
      id: fc.constantFrom('a', 'b', 'c'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryRow, { maxLength: 12 }), async (made) => {
        const people = [randomUUID(), randomUUID()] as const;
        const rows = made.map(({ person, type, id }) => newRow(people[person], id, { type, text: people[person] }));
        await upsertRows(db(), rows);
        for (const person of people) {
          const expected = new Set(
            rows.filter(({ patient }) => patient === person).map(({ type, id }) => `${type}/${id}`),
          );
          const references = rows.map(({ type, id }) => ({ type, id }));
          const included = await includedRows(db(), readerOf(person), references);
          expect(new Set(included.map(({ type, id }) => `${type}/${id}`))).toEqual(expected);
          expect(included).toHaveLength(expected.size);
          for (const { content } of included) expect(content).toContain(person);
        }
      }),
      { numRuns: 10 },
    );
  });

  test('a labelled row never comes out of any function, now or in an earlier version, but its notice does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: (1 << 10) - 1 }), { minLength: 1, maxLength: 6 }),
        async (masks) => {
          const person = randomUUID();
          const reader = readerOf(person);
          const ids = masks.map((_, i) => `e${i}`);
          const tokens = (i: number) => [`part-of=Encounter/e${i}`];
          // First all unlabelled, then the labels come, then the labels turn round.
          await upsertRows(
            db(),
            masks.map((_, i) => newRow(person, `e${i}`, { tokens: tokens(i) })),
          );
          await upsertRows(
            db(),
            masks.map((mask, i) => newRow(person, `e${i}`, { mask, tokens: tokens(i), text: 'y' })),
          );
          const open = ids.filter((_, i) => masks[i] === 0);

          const page = await searchRows(db(), reader, newQuery(), ['part-of']);
          expect(page.rows.map(({ id }) => id)).toEqual(open);
          expect(page.references.map(({ id }) => id)).toEqual(open);
          const references = ids.map((id) => ({ type: 'Encounter', id }) as const);
          expect((await includedRows(db(), reader, references)).map(({ id }) => id)).toEqual(open);
          for (const id of ids) {
            expect((await readRow(db(), reader, 'Encounter', id))?.id).toBe(open.includes(id) ? id : undefined);
            for (const version of [1, 2]) {
              const found = await readVersion(db(), reader, 'Encounter', id, version);
              expect(found?.id).toBe(open.includes(id) ? id : undefined);
            }
          }
          const told = masks.some((mask) => (mask & ~hiddenBits) !== 0 && (mask & hiddenBits) === 0);
          expect(await someWithheld(db(), reader)).toBe(told);
          expect(page.withheld).toBe(told);
          expect((await searchRows(db(), reader, newQuery({ ids: ['none'] }))).withheld).toBe(told);
        },
      ),
      { numRuns: 8 },
    );
  });

  test('a version that was labelled then stays withheld after the label was taken off', async () => {
    const person = randomUUID();
    await upsertRows(db(), [newRow(person, 'e1', { mask: labelBits.restricted })]);
    await upsertRows(db(), [newRow(person, 'e1')]);
    expect(await readVersion(db(), readerOf(person), 'Encounter', 'e1', 1)).toBeUndefined();
    expect((await readVersion(db(), readerOf(person), 'Encounter', 'e1', 2))?.version).toBe(2);
  });

  test('what is withheld of one person is not said of another', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    await upsertRows(db(), [newRow(one, 'e1', { mask: labelBits.sexual }), newRow(two, 'e1')]);
    expect(await someWithheld(db(), readerOf(one))).toBe(true);
    expect(await someWithheld(db(), readerOf(two))).toBe(false);
  });

  test('past versions are answered as they stood; one that never was, is not', async () => {
    const person = randomUUID();
    await upsertRows(db(), [newRow(person, 'e1', { text: 'first' })]);
    await upsertRows(db(), [newRow(person, 'e1', { text: 'second' })]);
    const version = async (n: number) => (await readVersion(db(), readerOf(person), 'Encounter', 'e1', n))?.content;
    expect(await version(1)).toContain('first');
    expect(await version(2)).toContain('second');
    for (const never of [0, 3, -1, 1.5, Number.NaN, 1e20]) expect(await version(never)).toBeUndefined();
  });

  test('a row is answered as its text and four facts, in the same types on both engines', async () => {
    const person = randomUUID();
    await upsertRows(db(), [newRow(person, 'e1')]);
    const found = await readRow(db(), readerOf(person), 'Encounter', 'e1');
    expect(found).toEqual({
      type: 'Encounter',
      id: 'e1',
      version: 1,
      updated: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      content: expect.stringContaining(`"lastUpdated":"${found?.updated}"`),
    });
    const { rows } = await searchRows(db(), readerOf(person), newQuery());
    expect(rows).toEqual([found]);
  });

  test('references of the named rows by one parameter, each once, and of no type the hub does not serve', async () => {
    const person = randomUUID();
    await upsertRows(db(), [
      newRow(person, 'e1', {
        tokens: ['location=Location/l1', 'location=Location/l2', 'status|x', 'location=Group/g'],
      }),
      newRow(person, 'e2', {
        tokens: ['location=Location/l1', 'practitioner=Practitioner/p', 'location=', 'location=x'],
      }),
      newRow(person, 'e3', { tokens: ['location=Location/l3'] }),
    ]);
    const referencesOf = async (ids: string[], includes?: string[]) =>
      (await searchRows(db(), readerOf(person), newQuery({ ids }), includes)).references.toSorted((a, b) =>
        a.id < b.id ? -1 : 1,
      );
    expect(await referencesOf(['e1', 'e2'], ['location'])).toEqual([
      { type: 'Location', id: 'l1' },
      { type: 'Location', id: 'l2' },
    ]);
    expect(await referencesOf(['e1', 'e2'], ['practitioner', 'location'])).toEqual([
      { type: 'Location', id: 'l1' },
      { type: 'Location', id: 'l2' },
      { type: 'Practitioner', id: 'p' },
    ]);
    expect(await referencesOf([], ['location'])).toEqual([]);
    expect(await referencesOf(['e1'])).toEqual([]);
  });

  test('every read is in the audit: who, from where, why, what and how much, also when nothing was found', async () => {
    const person = randomUUID();
    await upsertRows(db(), [newRow(person, 'e1'), newRow(person, 'e2')]);
    const reader = readerOf(person, { from: 'intranet', reason: 'Duty call', purpose: 'ETREAT' });
    const secret = 'identifier|https://fhir.nhs.uk/Id/nhs-number|9990000018';
    await searchRows(db(), reader, newQuery({ limit: 1 }));
    await searchRows(
      db(),
      reader,
      newQuery({ tokens: [[secret]], missing: [{ prefix: 'encounter=', missing: true }] }),
    );
    await readRow(db(), reader, 'Encounter', 'e1');
    await readRow(db(), reader, 'Flag', 'none');
    await readVersion(db(), reader, 'Encounter', 'e1', 1);
    await includedRows(db(), reader, [
      { type: 'Encounter', id: 'e2' },
      { type: 'Encounter', id: 'e2' },
      { type: 'Practitioner', id: 'none' },
    ]);
    await includedRows(db(), reader, []);
    const rows = await auditOf(person);
    expect(rows.map(({ action, type, ids, found }) => [action, type, ids.join(' '), found])).toEqual([
      ['search', 'Encounter', '', 1],
      ['search', 'Encounter', '', 0],
      ['read', 'Encounter', 'e1', 1],
      ['read', 'Flag', 'none', 0],
      ['vread', 'Encounter', 'e1', 1],
      ['include', null, 'Encounter/e2', 1],
    ]);
    expect(rows.map(({ query }) => query)).toEqual([
      'sort=-date limit=1',
      'identifier encounter:missing=true sort=-date limit=1000',
      null,
      null,
      null,
      'Encounter 1, Practitioner 1',
    ]);
    for (const row of rows) {
      expect(row).toMatchObject({
        user_id: 'u1',
        user_name: 'Dr Ada Byrne',
        user_role: 'R0260',
        user_organisation: 'F83004',
        client: 'care-timeline',
        grant_id: 'grant-1',
        opened_from: 'intranet',
        reason: 'Duty call',
        purpose: 'ETREAT',
        outcome: 'served',
      });
      expect(row.at).toMatch(/Z$/);
    }
    expect(JSON.stringify(rows)).not.toContain('9990000018');
  });

  test('a read that fails leaves no audit row, and without the audit there is no read', async () => {
    const person = randomUUID();
    await upsertRows(db(), [newRow(person, 'e1')]);
    await expect(
      searchRows(db(), readerOf(person), newQuery({ after: { date: 'not a date', id: 'x' } })),
    ).rejects.toThrow(/date/i);
    expect(await auditOf(person)).toEqual([]);
    await expect(
      db().transaction(async (sql) => {
        await sql.script('alter table audit rename column found to lost');
        return readRow(sql, readerOf(person), 'Encounter', 'e1');
      }),
    ).rejects.toThrow(/found/);
  });
});
