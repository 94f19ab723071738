import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { breakGlass } from '../access/relationship/break-glass.ts';
import { keepDeclaration } from '../access/relationship/keep.ts';
import { auditAct, auditRefusal } from '../audit/audit.ts';
import { everyIdOf, readLines } from '../audit/lines.ts';
import { eachEngine } from '../store/testing.ts';
import { countToReview, keepFinding, namesOf, readBrokenGlass, recentLooks } from './look.ts';

const nurse = { id: '555900000002', name: 'Sister Amy Hart', role: 'R8001', organisation: 'RKE' };
const [ellen, sam, merged] = [randomUUID(), randomUUID(), randomUUID()];
const looker = (patient: string) => ({ patient, user: nurse, from: 'system-c' });
const actor = (patient: string) => ({
  ...looker(patient),
  client: 'care-timeline',
  grant: 'g1',
  purpose: 'TREAT',
  reason: undefined,
});

// What a nurse did at the hospital, as a privacy officer comes to see it.
eachEngine('What a privacy officer sees', ({ db }) => {
  beforeAll(async () => {
    await db().query(
      `insert into person (id, name, nhs_number, merged_into) values ($1, 'HART, Ellen (Mrs)', '9990000018', null),
         ($2, 'BELL, Sam', null, null), ($3, 'HART, Nell', null, $1)`,
      [ellen, sam, merged],
    );
    await keepDeclaration(db(), looker(ellen), { ground: 'agrees', reason: undefined });
    await auditAct(db(), actor(ellen), { action: 'search', type: 'Encounter' });
    await auditAct(db(), actor(ellen), { action: 'read', type: 'Encounter', ids: ['x'] });
    await auditAct(db(), actor(merged), { action: 'launch' });
    await auditAct(db(), actor(sam), { action: 'read', type: 'Patient', ids: [sam] });
    await auditRefusal(db(), actor(sam), { action: 'break-glass', detail: 'no reason' });
    const glass = { code: 'vital-interest', words: 'Found unconscious in the street.' } as const;
    await breakGlass(db(), { ...looker(sam), grant: 'g1' }, glass);
    await auditAct(
      db(),
      { ...actor(sam), purpose: 'BTG', reason: glass.words },
      { action: 'break-glass', detail: glass.code },
    );
  });

  it('is who looked at whom, an hour as one look, whether a ground stood, and whether the glass was broken', async () => {
    const looks = await recentLooks(db());
    expect(
      looks.map(({ patient, personName, grounded, brokeGlass, from }) => ({
        patient,
        personName,
        grounded,
        brokeGlass,
        from,
      })),
    ).toEqual(
      expect.arrayContaining([
        { patient: ellen, personName: 'HART, Ellen (Mrs)', grounded: true, brokeGlass: false, from: 'system-c' },
        { patient: sam, personName: 'BELL, Sam', grounded: false, brokeGlass: true, from: 'system-c' },
      ]),
    );
    expect(looks[0]?.user).toEqual(nurse);
  });

  it('is every line of a person, also under an id that was merged into theirs, and every line of a user, and no other', async () => {
    const ofEllen = await readLines(db(), { people: await everyIdOf(db(), ellen), descending: false, limit: 10 });
    expect(ofEllen.map(({ action }) => action)).toEqual(['search', 'read', 'launch']);
    const ofNurse = await readLines(db(), { user: nurse, descending: true, limit: 10 });
    expect(ofNurse).toHaveLength(6);
    expect(await readLines(db(), { user: { ...nurse, organisation: 'RRV' }, descending: true, limit: 10 })).toEqual([]);
    await expect(readLines(db(), { descending: true, limit: 10 })).rejects.toThrow('by person or by user');
    expect(await namesOf(db(), [merged, sam])).toEqual(
      new Map([
        [merged, { name: 'HART, Ellen (Mrs)', nhsNumber: '9990000018' }],
        [sam, { name: 'BELL, Sam', nhsNumber: undefined }],
      ]),
    );
  });

  it('is broken glass with its reason, until somebody has looked; the first finding stands', async () => {
    expect(await countToReview(db())).toBe(1);
    expect(await readBrokenGlass(db())).toMatchObject([
      {
        patient: sam,
        user: nurse,
        code: 'vital-interest',
        reason: 'Found unconscious in the street.',
        finding: undefined,
      },
    ]);
    const found = { patient: sam, grant: 'g1', by: '555900000025' };
    expect(await keepFinding(db(), { ...found, finding: 'As it should be.' })).toBe(true);
    expect(await keepFinding(db(), { ...found, finding: 'Something else.' })).toBe(false);
    expect(await countToReview(db())).toBe(0);
    expect(await readBrokenGlass(db())).toMatchObject([
      { finding: 'As it should be.', reviewed: expect.any(String) as string },
    ]);
  });
});
