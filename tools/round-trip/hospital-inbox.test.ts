import { expect, it } from 'vitest';
import { hl7V2 } from '../../hub/feeds/hl7/format.ts';
import { keepMessage } from '../../hub/feeds/inbox/keep.ts';
import { replay } from '../../hub/feeds/inbox/operate.ts';
import { workThrough as workThroughInbox } from '../../hub/feeds/inbox/testing-worker.ts';
import { findByNhsNumber } from '../../hub/people/find.ts';
import type { Database } from '../../hub/store/database.ts';
import { eachEngine } from '../../hub/store/testing.ts';
import { makeBorough } from '../../mocks/borough/make.ts';
import { writeHospital } from '../../mocks/writers/hospital/hospital.ts';
import { writeSystemCNative } from '../../mocks/writers/hospital/native/write-hospital-native.ts';
import type { NativeMessage } from '../../mocks/writers/native.ts';

const borough = makeBorough({ people: 24, seed: 11, now: new Date('2026-11-22T10:00:00Z') });

async function send(db: Database, { source, label, at, bytes }: NativeMessage): Promise<number> {
  const subject = hl7V2.subjectOf(bytes);
  const receivedAt = new Date(at).toISOString();
  const message = { source, organisation: 'RKE', format: 'hl7-v2', label, receivedAt, bytes, subject } as const;
  return (await keepMessage(db, message)).seq;
}

async function workThrough(db: Database): Promise<void> {
  expect(await workThroughInbox(db, { 'hl7-v2': hl7V2 })).toEqual([]);
}

interface Row {
  id: string;
  patient: string;
  type: string;
  version: number;
  mask: number;
}

const stored = async (db: Database): Promise<Row[]> =>
  db.query<Row>('select patient, type, id, version, mask from resource order by patient, type, id');

eachEngine('a hospital, sent as its HL7 v2', ({ db }) => {
  it('is taken whole: nothing is refused, every person is found once, and all of it again changes nothing', async () => {
    const seqs: number[] = [];
    for (const message of writeSystemCNative(borough)) seqs.push(await send(db(), message));
    expect(seqs.length).toBeGreaterThan(250);
    await workThrough(db());
    expect(await db().query("select label, reason from inbox where state <> 'done'")).toEqual([]);

    const known = borough.lives.flatMap((life) => {
      const record = writeHospital('RKE', life, borough);
      return record === undefined ? [] : [{ life, record }];
    });
    for (const { life } of known) {
      expect(await findByNhsNumber(db(), life.person.nhsNumber), life.person.key).toHaveLength(1);
    }
    const visits = known.flatMap(({ record }) =>
      record.resources.filter(({ resourceType }) => resourceType === 'Encounter'),
    );
    const rows = await db().query<{ content: string }>(
      "select content from resource where type = 'Encounter' and mask & (1 << 29) = 0",
    );
    // What was registered for somebody else and taken back stands as cancelled.
    expect(rows.filter(({ content }) => !content.includes('"cancelled"'))).toHaveLength(visits.length);

    const again = async (): Promise<Row[]> => {
      await replay(db(), 'system-c', Math.min(...seqs), Math.max(...seqs));
      await workThrough(db());
      return stored(db());
    };
    // A visit that was told before the booking it points to finds it once it is told again; nothing else changes.
    const pointing = await db().query<{ id: string }>(
      `select id from resource where content like '%"urn:care-timeline:source:system-c","value":"%'`,
    );
    const waiting = new Set(pointing.map(({ id }) => id));
    expect(waiting.size).toBeLessThan(seqs.length / 100);
    const settled = (rows: Row[]): Row[] => rows.filter(({ id }) => !waiting.has(id));
    const before = await stored(db());
    const healed = await again();
    expect(settled(healed)).toEqual(settled(before));
    expect(await again()).toEqual(healed);
    const doubts = await db().query<{ doubt: string; count: string }>(
      'select doubt, count(*)::text as count from inbox, unnest(doubts) as doubt group by doubt order by doubt',
    );
    process.stdout.write(`${seqs.length} messages, doubts: ${JSON.stringify(doubts)}\n`);
  }, 240_000);
});
