import { expect, it } from 'vitest';
import type { Database } from '../../store/database.ts';
import { readSources, type StoredSource } from '../../store/sources.ts';
import { eachEngine } from '../../store/testing.ts';
import type { FeedSetting } from '../feed-settings.ts';
import { keepMessage } from '../inbox/keep.ts';
import { hospitalFeed as feed } from './testing.ts';
import { watchSources } from './watch.ts';

const at = (time: string): number => Date.parse(`2026-11-02T${time}:00Z`);

let sent = 0;
async function send(db: Database, time: string, about: Partial<FeedSetting> = {}): Promise<number> {
  sent += 1;
  const { source, organisation, format } = { ...feed, ...about };
  const label = `message ${sent}`;
  const receivedAt = new Date(at(time)).toISOString();
  const { seq } = await keepMessage(db, {
    source,
    organisation,
    format,
    label,
    receivedAt,
    bytes: Buffer.from(label),
    subject: '1',
  });
  return seq;
}

async function workedOn(db: Database): Promise<void> {
  await db.query(`update inbox set state = 'done' where state = 'waiting'`);
}

async function look(db: Database, time: string, feeds: FeedSetting[] = [feed]): Promise<StoredSource | undefined> {
  await watchSources(db, feeds, at(time));
  return (await readSources(db)).find(({ source }) => source === feeds[0]?.source);
}

eachEngine('how a source stands', ({ db }) => {
  it('goes from never heard to fine, to late when it is silent for longer than it promised, and back', async () => {
    // At the start of the hub it has had no time to send.
    await watchSources(db(), [feed], at('08:59'), true);
    expect(await readSources(db())).toEqual([]);
    expect(await look(db(), '09:00')).toMatchObject({
      status: 'late',
      message: 'Nothing has been received from it yet.',
    });
    await send(db(), '10:00');
    await workedOn(db());
    expect(await look(db(), '10:05')).toEqual({
      source: 'system-c',
      name: 'Whittington Hospital records',
      organisation: 'RKE',
      status: 'ok',
      asAt: '2026-11-02T10:00:00.000Z',
    });
    expect(await look(db(), '10:30')).toMatchObject({ status: 'ok' });
    expect(await look(db(), '10:31')).toMatchObject({
      status: 'late',
      asAt: '2026-11-02T10:00:00.000Z',
      since: '2026-11-02T10:30:00.000Z',
    });
    await send(db(), '11:00');
    await workedOn(db());
    const again = await look(db(), '11:01');
    expect(again).toMatchObject({ status: 'ok', asAt: '2026-11-02T11:00:00.000Z' });
    expect(again).not.toHaveProperty('since');
  });

  it('is known up to the oldest message that waits, and late when that has waited too long', async () => {
    await send(db(), '12:00');
    await workedOn(db());
    await send(db(), '12:10');
    await send(db(), '12:50');
    expect(await look(db(), '12:39')).toMatchObject({ status: 'ok', asAt: '2026-11-02T12:10:00.000Z' });
    expect(await look(db(), '12:51')).toMatchObject({ status: 'late', asAt: '2026-11-02T12:10:00.000Z' });
    await workedOn(db());
    expect(await look(db(), '12:52')).toMatchObject({ status: 'ok', asAt: '2026-11-02T12:50:00.000Z' });
  });

  it('is as late as the latest of its feeds: one practice that is silent is not hidden by another that sends', async () => {
    const emis: FeedSetting = { ...feed, source: 'emis', organisation: 'F83063', format: 'emis-csv' };
    const other: FeedSetting = { ...emis, organisation: 'F83008' };
    await send(db(), '10:00', emis);
    await send(db(), '13:00', other);
    await workedOn(db());
    expect(await look(db(), '13:01', [emis, other])).toMatchObject({
      status: 'late',
      asAt: '2026-11-02T10:00:00.000Z',
    });
  });
});
