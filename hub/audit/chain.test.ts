import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Transaction } from '../store/database.ts';
import { eachEngine } from '../store/testing.ts';
import { auditAct, auditRefusal, type AuditActor } from './audit.ts';
import { headsOf, type Checkpoint } from './chain.ts';
import { checkpointAudit, verifyAudit } from './verify.ts';

const reader = (patient: string | undefined): AuditActor => ({
  client: 'care-timeline',
  grant: 'g1',
  // What is hard to write as text is part of a line like everything else.
  user: { id: 'u2', name: 'Zoë "Ní" O\\Brien\t\u2028', role: 'R8001', organisation: 'RKE' },
  patient,
  purpose: 'TREAT',
  from: 'system-c',
  reason: undefined,
});

eachEngine('The chain of the audit', ({ db }) => {
  const verify = async (person: string | undefined, against: Checkpoint[] = []) => {
    const lines: string[] = [];
    return { holds: await verifyAudit(db(), { person, against }, (line) => lines.push(line)), said: lines.join('\n') };
  };
  /** Four looks at somebody, a minute's work. */
  const lookedAt = async () => {
    const person = randomUUID();
    for (const id of ['a', 'b', 'c', 'd'])
      await auditAct(db(), reader(person), { action: 'read', type: 'Encounter', ids: [id] });
    return person;
  };
  /** As somebody with all rights over the database might, with what guards it turned off. */
  const pastTheHub = (work: (sql: Transaction) => Promise<unknown>) =>
    db().transaction(async (sql) => {
      const tables = ['audit', 'audit_link', 'audit_head'];
      for (const table of tables) await sql.script(`alter table ${table} disable trigger user`);
      await work(sql);
      for (const table of tables) await sql.script(`alter table ${table} enable trigger user`);
    });
  /** By its id: two lines may be of one moment. */
  const second = `(select id from audit_link where patient = $1 and seq = 2)`;

  test('holds for everybody, whoever looked at whom, and for callers who named nobody', async () => {
    await lookedAt();
    for (let each = 0; each < 5; each += 1)
      await auditRefusal(db(), undefined, { action: 'read', detail: 'no valid token' });
    const { holds, said } = await verify(undefined);
    expect(said).toMatch(/^1 people, [2-6] chains: all hold\.$/);
    expect(holds).toBe(true);
  });

  test('shows that a line was altered, and which', async () => {
    const person = await lookedAt();
    await pastTheHub((sql) =>
      sql.query(`update audit set user_id = 'u3' where patient = $1 and id = ${second}`, [person]),
    );
    const { holds, said } = await verify(person);
    expect(holds).toBe(false);
    expect(said).toMatch(
      new RegExp(`^Patient/${person}, line 2, written \\S+Z: the line is not as it was written$`, 'm'),
    );
  });

  test('shows that a line was taken out, with its link or without', async () => {
    const [one, other] = [await lookedAt(), await lookedAt()];
    await pastTheHub((sql) => sql.query(`delete from audit where patient = $1 and id = ${second}`, [one]));
    expect((await verify(one)).said).toMatch(/line 2: the line of \S+Z is gone/);
    await pastTheHub(async (sql) => {
      await sql.query(`delete from audit where patient = $1 and id = ${second}`, [other]);
      await sql.query('delete from audit_link where patient = $1 and seq = 2', [other]);
    });
    expect((await verify(other)).said).toMatch(/line 2: a link of the chain is gone/);
  });

  test('shows that a line was put in', async () => {
    const person = await lookedAt();
    await pastTheHub((sql) =>
      sql.query(`insert into audit (patient, action, outcome) values ($1, 'read', 'served')`, [person]),
    );
    expect((await verify(person)).said).toMatch(/written \S+Z: the line is in no chain/);
  });

  test('shows that its end was cut off; even with its head put right, to whoever kept a checkpoint', async () => {
    const [one, other] = [await lookedAt(), await lookedAt()];
    const cut = async (sql: Transaction, person: string) => {
      await sql.query(
        'delete from audit where patient = $1 and id in (select id from audit_link where patient = $1 and seq > 2)',
        [person],
      );
      await sql.query('delete from audit_link where patient = $1 and seq > 2', [person]);
    };
    await pastTheHub((sql) => cut(sql, one));
    expect((await verify(one)).said).toMatch(/line 3: the chain ends here, and its head says it has 4 lines/);

    const kept: Checkpoint[] = [];
    await checkpointAudit(db(), other, (head) => kept.push(head));
    expect(kept).toMatchObject([{ patient: other, chain: '', seq: 4 }]);
    expect(await verify(other, kept)).toMatchObject({ holds: true });
    await pastTheHub(async (sql) => {
      await cut(sql, other);
      await sql.query(
        `update audit_head h set seq = l.seq, hash = l.hash, previous = l.previous from audit_link l
         where h.patient = $1 and l.patient = $1 and l.seq = 2`,
        [other],
      );
    });
    expect(await verify(other)).toMatchObject({ holds: true });
    expect((await verify(other, kept)).said).toMatch(/line 4: the checkpoint has a line here, the chain has none/);
  });

  test('shows that a whole chain was written anew, to whoever kept a checkpoint', async () => {
    const person = await lookedAt();
    const kept = await headsOf(db(), person);
    await pastTheHub(async (sql) => {
      await sql.query(`update audit set user_id = 'u3' where patient = $1`, [person]);
      await sql.query('delete from audit_link where patient = $1', [person]);
      await sql.query('delete from audit_head where patient = $1', [person]);
      await sql.query('select audit_link_up(a) from (select * from audit where patient = $1 order by at) as a', [
        person,
      ]);
    });
    expect(await verify(person)).toMatchObject({ holds: true });
    expect((await verify(person, kept)).said).toMatch(/line 4, written \S+Z: the checkpoint has another line here/);
  });

  test('twenty readers of one person at once, some of them in longer work, make one chain', async () => {
    const person = randomUUID();
    await Promise.all(
      Array.from({ length: 20 }, (_each, place) =>
        place % 4 === 0
          ? db().transaction(async (sql) => {
              await auditAct(sql, reader(person), { action: 'create', ids: ['x'] });
              await auditAct(sql, reader(person), { action: 'update', ids: ['x'] });
            })
          : auditAct(db(), reader(person), { action: 'search', type: 'Encounter' }),
      ),
    );
    expect(await headsOf(db(), person)).toMatchObject([{ seq: 25 }]);
    expect(await verify(person)).toEqual({ holds: true, said: '1 people, 1 chains: all hold.' });
  });

  test('links and heads cannot be changed through the database as it stands', async () => {
    await lookedAt();
    for (const statement of [
      'update audit_link set seq = seq + 1',
      'delete from audit_link',
      'truncate audit_link',
      'update audit_head set seq = 0',
      'delete from audit_head',
      'truncate audit_head',
    ]) {
      await expect(db().script(statement)).rejects.toThrow('append-only');
    }
  });
});
