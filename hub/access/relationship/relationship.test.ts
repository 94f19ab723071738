import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { eachEngine } from '../../store/testing.ts';
import { breakGlass, brokenGlass } from './break-glass.ts';
import { faultOf, groundWords } from './grounds.ts';
import { keepDeclaration, keepSystemGround, revokeDeclarations } from './keep.ts';
import { standingDeclaration, standingGround, type Looker } from './standing.ts';

const gp = (patient: string, more: Partial<Looker> = {}): Looker => ({
  patient,
  user: { id: '555000000001', name: 'Dr Amina Okoro', role: 'R0260', organisation: 'F83063' },
  from: 'emis',
  ...more,
});
const atTheIntranet = { from: 'intranet' };
const agrees = { ground: 'agrees', reason: undefined } as const;

test('what somebody declares is told in one line, and for a person who is not here in words of their own', () => {
  expect(groundWords(agrees)).toBe('The person is here and agrees');
  const absent = { ground: 'absent', reason: 'Care review tomorrow' } as const;
  expect(groundWords(absent)).toBe('The person is not here: Care review tomorrow');
  expect(faultOf(absent)).toBeUndefined();
  expect(faultOf({ ground: 'absent', reason: '  x ' })).toMatch(/^Say in a few words why/);
  expect(faultOf({ ground: 'cannot', reason: undefined })).toBeUndefined();
  expect(faultOf({ ground: 'cannot', reason: 'x'.repeat(301) })).toBe('Give the reason in 300 characters or fewer');
});

eachEngine('On what ground somebody looks', ({ db }) => {
  const registered = (patient: string, source = 'emis') =>
    db().query(
      `insert into source_patient (source, local_id, person, content, received) values ($1, $2, $3, '{}', now())`,
      [source, randomUUID(), patient],
    );
  const rowsOf = (patient: string) => db().query('select * from relationship where patient = $1', [patient]);

  test('a practice where the person is registered has them as its own until they are deregistered, and again after', async () => {
    const ann = randomUUID();
    expect(await keepSystemGround(db(), gp(ann))).toBe(false);
    expect(await standingGround(db(), gp(ann))).toBeUndefined();

    await registered(ann);
    expect(await keepSystemGround(db(), gp(ann))).toBe(true);
    expect(await keepSystemGround(db(), gp(ann))).toBe(true);
    expect(await rowsOf(ann)).toHaveLength(1);
    expect(await standingGround(db(), gp(ann))).toMatchObject({ ground: 'system', until: undefined });

    await db().query('delete from source_patient where person = $1', [ann]);
    expect(await standingGround(db(), gp(ann))).toBeUndefined();
    await registered(ann);
    expect(await standingGround(db(), gp(ann))).toMatchObject({ ground: 'system' });
  });

  test('a system’s ground is for the way in from that system, that person, that user and that organisation only', async () => {
    const [ann, bea] = [randomUUID(), randomUUID()];
    await registered(ann);
    await registered(bea);
    await registered(ann, 'carecast');
    await keepSystemGround(db(), gp(ann));
    const { user } = gp(ann);
    const others = [
      gp(bea),
      gp(ann, atTheIntranet),
      gp(ann, { from: 'carecast' }),
      gp(ann, { user: { ...user, id: '555000000002' } }),
      gp(ann, { user: { ...user, organisation: 'RKE' } }),
    ];
    for (const other of others) expect(await standingGround(db(), other)).toBeUndefined();
  });

  test('what was declared lasts two years, wherever the same member of staff comes from, until it is revoked', async () => {
    const ann = randomUUID();
    const looker = gp(ann, atTheIntranet);
    await keepDeclaration(db(), looker, { ground: 'absent', reason: 'Care review tomorrow' });
    const standing = await standingGround(db(), gp(ann, { from: 'system-c' }));
    expect(standing).toMatchObject({ ground: 'absent', reason: 'Care review tomorrow' });
    const [since, until] = [Date.parse(standing!.since), Date.parse(standing!.until!)];
    expect((until - since) / 86_400_000).toBeGreaterThan(729);
    expect((until - since) / 86_400_000).toBeLessThan(732);

    expect(await revokeDeclarations(db(), looker)).toBe(1);
    expect(await standingGround(db(), looker)).toBeUndefined();
    // It is not forgotten: who looked, and on what ground, can be told for good.
    expect(await rowsOf(ann)).toMatchObject([{ ground: 'absent', revoked_by: '555000000001' }]);
    expect(await revokeDeclarations(db(), looker)).toBe(0);
  });

  test('after its end a declared ground is none', async () => {
    const ann = randomUUID();
    await keepDeclaration(db(), gp(ann), agrees);
    await db().query(`update relationship set until = clock_timestamp() - interval '1 second' where patient = $1`, [
      ann,
    ]);
    expect(await standingGround(db(), gp(ann))).toBeUndefined();
  });

  test('two people of one name at two systems are two: a local user id is nobody’s in another system (false join)', async () => {
    const ann = randomUUID();
    const user = { id: 'jsmith', name: 'J Smith', role: 'social-worker', organisation: '706' };
    await keepDeclaration(db(), gp(ann, { user, from: 'liquidlogic' }), agrees);
    expect(await standingGround(db(), gp(ann, { user, from: 'liquidlogic' }))).toMatchObject({ ground: 'agrees' });
    expect(await standingGround(db(), gp(ann, { user, from: 'intranet' }))).toBeUndefined();
  });

  test('where a system gives a ground too, that one is told first, and ending the declared one leaves it', async () => {
    const ann = randomUUID();
    await registered(ann);
    await keepDeclaration(db(), gp(ann), agrees);
    await keepSystemGround(db(), gp(ann));
    expect(await standingGround(db(), gp(ann))).toMatchObject({ ground: 'system' });
    expect(await standingDeclaration(db(), gp(ann))).toMatchObject({ ground: 'agrees' });
    expect(await revokeDeclarations(db(), gp(ann))).toBe(1);
    expect(await standingGround(db(), gp(ann))).toMatchObject({ ground: 'system' });
  });

  test('glass is broken once in a visit, for two hours at most, and in no other visit', async () => {
    const ann = randomUUID();
    const visit = { ...gp(ann), grant: randomUUID() };
    const why = { code: 'vital-interest', words: 'Unconscious, brought in by ambulance' } as const;
    const until = await breakGlass(db(), visit, why);
    expect(Date.parse(until!) - Date.now()).toBeLessThanOrEqual(2 * 3_600_000 + 60_000);
    expect((await brokenGlass(db(), visit))?.until).toBe(until);
    expect(await breakGlass(db(), visit, why)).toBeUndefined();
    expect(await brokenGlass(db(), { patient: ann, grant: 'another' })).toBeUndefined();
    expect(await brokenGlass(db(), { patient: randomUUID(), grant: visit.grant })).toBeUndefined();
    await db().query(`update break_glass set until = clock_timestamp() where patient = $1`, [ann]);
    expect(await brokenGlass(db(), visit)).toBeUndefined();
  });
});
