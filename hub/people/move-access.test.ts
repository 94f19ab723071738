import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { labelBits } from '../access/labels.ts';
import { readFacts } from '../access/read-facts.ts';
import { settleSeals } from '../access/seals.ts';
import { upsertRows } from '../store/resources.ts';
import { eachEngine } from '../store/testing.ts';
import { mergePeople, unmergeRecord } from './merge.ts';
import { originOf } from './origin.ts';

// Harm: leaked record. What somebody kept back stays kept back when two records turn out to be one person's, or two people's.

const byText = (a: string, b: string) => (a < b ? -1 : 1);
const settled = { by: 'R. Clerk', reason: 'seen together' };
const gp = { id: '555000000001', name: 'Dr Amina Okoro', role: 'R0260', organisation: 'F83063' };

eachEngine('Merging and unmerging people', ({ db }) => {
  /** A person with one record of a system, a visit in it, and a Consent that they wrote on their phone. */
  async function person(source: string) {
    const [id, localId, visit, consent] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    await db().query('insert into person (id) values ($1)', [id]);
    await db().query(
      `insert into source_patient (source, local_id, person, content, received) values ($1, $2, $3, $4, now())`,
      [source, localId, id, JSON.stringify({ resourceType: 'Patient' })],
    );
    const row = (type: 'Encounter' | 'Consent', of: string, origin: string, mask: number) => ({
      patient: id,
      type,
      id: of,
      source: origin.split('|')[0]!,
      origin,
      mask,
      search: { date: undefined, authored: undefined, tokens: [`patient=Patient/${id}`] },
      content: JSON.stringify({ resourceType: type, id: of, subject: { reference: `Patient/${id}` } }),
    });
    await upsertRows(db(), [
      row('Encounter', visit, originOf(source, localId), 0),
      row('Consent', consent, originOf('care-timeline', id), labelBits.own),
    ]);
    return { id, localId, source, visit, consent };
  }
  const choose = (who: { id: string; consent: string }, kind: string) =>
    db().query('insert into choice (patient, consent, place, kind) values ($1, $2, 0, $3)', [
      who.id,
      who.consent,
      kind,
    ]);
  const seal = (who: { id: string; consent: string; visit: string }) =>
    db().transaction(async (sql) => {
      await sql.query(`insert into sealed_item (patient, type, id, consent) values ($1, 'Encounter', $2, $3)`, [
        who.id,
        who.visit,
        who.consent,
      ]);
      await settleSeals(sql, who.id);
    });
  const declare = (patient: string) =>
    db().query(
      `insert into relationship (patient, user_id, user_name, user_role, organisation, ground, opened_from, until)
       values ($1, $2, $3, $4, $5, 'agrees', 'intranet', now() + interval '1 day')`,
      [patient, gp.id, gp.name, gp.role, gp.organisation],
    );
  const factsOf = async (patient: string) => {
    const { ground, denials } = await readFacts(db(), { patient, user: gp, from: 'intranet', grant: 'g' });
    return { ground, kept: denials.map(({ kind }) => String(kind)).toSorted(byText) };
  };
  const consentsOf = async (patient: string) =>
    (await db().query<{ id: string }>(`select id from resource where patient = $1 and type = 'Consent'`, [patient]))
      .map(({ id }) => id)
      .toSorted();
  const maskOfVisit = async (patient: string, visit: string) =>
    (
      await db().query<{ mask: number }>(
        `select mask from resource where patient = $1 and type = 'Encounter' and id = $2`,
        [patient, visit],
      )
    )[0]?.mask;

  it('a denial of either holds for the joined one; when they part what came with the second goes back, and none is lost', async () => {
    const [one, two] = [await person('emis'), await person('system-c')];
    await choose(one, 'mental');
    await choose(two, 'sexual');
    await seal(two);
    await declare(two.id);
    await mergePeople(db(), one.id, two.id, settled);
    expect(await factsOf(one.id)).toEqual({ ground: 'agrees', kept: ['mental', 'sexual'] });
    expect(await consentsOf(one.id)).toEqual([one.consent, two.consent].toSorted());
    expect(await maskOfVisit(one.id, two.visit)).toBe(labelBits.sealed);
    expect(await factsOf(two.id)).toEqual({ ground: 'none', kept: [] });

    expect(await unmergeRecord(db(), { source: two.source, localId: two.localId }, settled)).toBe(two.id);
    expect(await factsOf(one.id)).toEqual({ ground: 'none', kept: ['mental'] });
    expect(await factsOf(two.id)).toEqual({ ground: 'agrees', kept: ['mental', 'sexual'] });
    expect(await maskOfVisit(two.id, two.visit)).toBe(labelBits.sealed);
    expect(await maskOfVisit(one.id, one.visit)).toBe(0);
    expect(await consentsOf(two.id)).toContain(two.consent);
    await settleSeals(db(), two.id);
    expect(await maskOfVisit(two.id, two.visit)).toBe(labelBits.sealed);
  });

  it('what was chosen while they were one is kept by both, and a ground declared then by the joined one alone', async () => {
    const [one, two] = [await person('emis'), await person('carecast')];
    await mergePeople(db(), one.id, two.id, settled);
    await choose(one, 'social');
    await declare(one.id);
    await unmergeRecord(db(), { source: two.source, localId: two.localId }, settled);
    expect(await factsOf(one.id)).toEqual({ ground: 'agrees', kept: ['social'] });
    expect(await factsOf(two.id)).toEqual({ ground: 'none', kept: ['social'] });
    // With the Consent that says it, so that it can be taken back there.
    expect(await consentsOf(two.id)).toEqual([one.consent, two.consent].toSorted());
    const [copy] = await db().query<{ content: string }>(
      `select content from resource where patient = $1 and id = $2`,
      [two.id, one.consent],
    );
    expect(copy?.content).toContain(`Patient/${two.id}`);
    expect(copy?.content).not.toContain(one.id);
  });

  it('a seal goes with the one item it is of', async () => {
    const [one, two] = [await person('emis'), await person('adastra')];
    await mergePeople(db(), one.id, two.id, settled);
    await seal({ id: one.id, consent: one.consent, visit: two.visit });
    await unmergeRecord(db(), { source: two.source, localId: two.localId }, settled);
    expect(await db().query(`select 1 from sealed_item where patient = $1`, [one.id])).toHaveLength(0);
    expect(await maskOfVisit(two.id, two.visit)).toBe(labelBits.sealed);
  });
});
