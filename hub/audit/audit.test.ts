import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { directory } from '../store/rows.ts';
import { eachEngine } from '../store/testing.ts';
import { auditAct, auditRefusal, type AuditActor } from './audit.ts';

const nurse = (patient: string): AuditActor => ({
  client: 'care-timeline',
  grant: 'g1',
  user: { id: 'u2', name: 'Sam Okafor', role: 'R8001', organisation: 'RKE' },
  patient,
  purpose: 'TREAT',
  from: 'System C',
  reason: undefined,
});

eachEngine('The audit', ({ db }) => {
  const of = (patient: string) => db().query('select * from audit where patient = $1 order by at', [patient]);

  test('a refusal to a known reader says who was refused what, and why', async () => {
    const person = randomUUID();
    await auditRefusal(db(), nurse(person), {
      action: 'search',
      type: 'Condition',
      detail: 'the scope does not cover Condition',
    });
    expect(await of(person)).toMatchObject([
      {
        user_id: 'u2',
        user_organisation: 'RKE',
        action: 'search',
        type: 'Condition',
        outcome: 'refused',
        detail: 'the scope does not cover Condition',
        found: 0,
      },
    ]);
  });

  test('a refusal to nobody in particular is written too, under no person', async () => {
    await auditRefusal(db(), undefined, { action: 'read', detail: 'no valid token' });
    expect(await of(directory)).toMatchObject([{ user_id: null, client: null, outcome: 'refused', ids: [] }]);
  });

  test('an act that is no read of rows has its own word', async () => {
    const person = randomUUID();
    await auditAct(db(), nurse(person), { action: 'launch' }, 1);
    expect(await of(person)).toMatchObject([{ action: 'launch', outcome: 'served', found: 1 }]);
  });

  test('what is written stays written: no change, no deletion, no emptying', async () => {
    const person = randomUUID();
    await auditAct(db(), nurse(person), { action: 'launch' });
    const before = await of(person);
    await expect(db().query(`update audit set user_id = 'somebody else'`)).rejects.toThrow('append-only');
    await expect(db().query('delete from audit where patient = $1', [person])).rejects.toThrow('append-only');
    await expect(db().query(`delete from audit where patient = 'nobody'`)).rejects.toThrow('append-only');
    await expect(db().query('truncate audit')).rejects.toThrow('append-only');
    await expect(
      db().query(`insert into audit (patient, at, id, action, outcome) select patient, at, id, 'x', 'served' from audit
        on conflict (patient, at, id) do update set action = 'x'`),
    ).rejects.toThrow('append-only');
    expect(await of(person)).toEqual(before);
  });
});
