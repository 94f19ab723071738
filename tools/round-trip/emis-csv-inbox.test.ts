import { expect, it } from 'vitest';
import { emisCsv } from '../../hub/feeds/emis/csv/emis-csv.ts';
import { keepMessage } from '../../hub/feeds/inbox/keep.ts';
import { replay } from '../../hub/feeds/inbox/operate.ts';
import { workThrough as workThroughInbox } from '../../hub/feeds/inbox/testing-worker.ts';
import { findByNhsNumber } from '../../hub/people/find.ts';
import type { Database } from '../../hub/store/database.ts';
import { eachEngine } from '../../hub/store/testing.ts';
import { makeBorough } from '../../mocks/borough/make.ts';
import { writeEmis } from '../../mocks/writers/emis/emis.ts';
import type { NativeMessage } from '../../mocks/writers/native.ts';
import { writeEmisCsvNative } from '../../mocks/writers/emis/native/csv/write.ts';

// Half past one at night: the extract that is sent then knows all that is true by then.
const whole = makeBorough({ people: 60, seed: 11, now: new Date('2026-11-22T01:30:00Z') });
/** One practice of it: each is sent in the same way. */
const borough = { ...whole, lives: whole.lives.filter(({ person }) => person.practice === 'F83063') };

async function send(db: Database, { source, label, at, bytes }: NativeMessage): Promise<number> {
  const receivedAt = new Date(at).toISOString();
  const message = {
    source,
    organisation: 'F83063',
    format: 'emis-csv',
    label,
    receivedAt,
    bytes,
    subject: undefined,
  } as const;
  return (await keepMessage(db, message)).seq;
}

async function workThrough(db: Database): Promise<void> {
  expect(await workThroughInbox(db, { 'emis-csv': emisCsv })).toEqual([]);
}

const stored = async (db: Database): Promise<unknown[]> =>
  db.query('select patient, type, id, version, mask from resource order by patient, type, id');

eachEngine('a practice, sent as its EMIS extracts', ({ db }) => {
  it('is taken whole: nothing is refused, every person is found, and all of it again changes nothing', async () => {
    const seqs: number[] = [];
    for (const file of writeEmisCsvNative(borough)) seqs.push(await send(db(), file));
    await workThrough(db());
    const dead = await db().query("select label, reason from inbox where state <> 'done'");
    expect(dead).toEqual([]);
    const waiting = await db().query('select subject, scope, problem from feed_scope where problem is not null');
    expect(waiting).toEqual([]);

    for (const life of borough.lives) {
      expect(await findByNhsNumber(db(), life.person.nhsNumber), life.person.key).toHaveLength(1);
    }
    const contacts = borough.lives.flatMap((life) =>
      writeEmis(life, borough).resources.filter(({ resourceType }) => resourceType === 'Encounter'),
    );
    const rows = await db().query("select id from resource where type = 'Encounter' and mask & (1 << 29) = 0");
    expect(rows).toHaveLength(contacts.length);
    expect(contacts.length).toBeGreaterThan(200);

    const before = await stored(db());
    await replay(db(), 'emis', Math.min(...seqs), Math.max(...seqs));
    await workThrough(db());
    expect(await stored(db())).toEqual(before);
  }, 240_000);
});
