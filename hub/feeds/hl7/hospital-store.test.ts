import { randomUUID } from 'node:crypto';
import type { Encounter } from 'fhir/r4';
import { expect, it } from 'vitest';
import { labelBits } from '../../access/labels.ts';
import { findByLocalId } from '../../people/find.ts';
import type { Database } from '../../store/database.ts';
import { eachEngine } from '../../store/testing.ts';
import { keepMessage } from '../inbox/keep.ts';
import { workThrough } from '../inbox/testing-worker.ts';
import { adtMessage, onCoyle, onMeyrick, type AdtParts } from './adt/testing.ts';
import { hl7V2 } from './format.ts';

const source = 'system-c';

/** Somebody nobody knows yet: no two tests share a person. */
const newMrn = (): string => `7${String(Number.parseInt(randomUUID().slice(0, 8), 16))}`;

/** A person without an NHS number: only the hospital's number and the hospital's own word make them one with anybody. */
const nobodyElse = (mrn: string, family: string): Record<number, string> => ({
  3: `${mrn}^^^RKE^MR`,
  5: `${family}^GRACE`,
});

async function send(db: Database, event: string, parts: AdtParts): Promise<void> {
  const text = adtMessage(event, parts);
  const bytes = Buffer.from(text);
  await keepMessage(db, {
    source,
    organisation: 'RKE',
    format: 'hl7-v2',
    label: text.split('|', 10)[9] ?? '',
    receivedAt: '2026-11-06T00:00:00.000Z',
    bytes,
    subject: hl7V2.subjectOf(bytes),
  });
  expect(await workThrough(db, { 'hl7-v2': hl7V2 })).toEqual([]);
  const [message] = await db.query<{ state: string; reason: string | null }>(
    'select state, reason from inbox where source = $1 order by seq desc limit 1',
    [source],
  );
  expect(message).toEqual({ state: 'done', reason: null });
}

async function visitsOf(db: Database, mrn: string): Promise<(Encounter & { mask: number })[]> {
  const person = await personOf(db, mrn);
  const rows = await db.query<{ content: string; mask: number }>(
    `select content, mask from resource
     where type = 'Encounter' and patient = $1 and mask & (1 << 29) = 0 order by id`,
    [person],
  );
  return rows.map(({ content, mask }) => ({ ...(JSON.parse(content) as Encounter), mask }));
}

async function personOf(db: Database, mrn: string): Promise<string | undefined> {
  const [person] = await findByLocalId(db, source, mrn);
  return person?.id;
}

eachEngine('a hospital’s ADT in the store', ({ db }) => {
  it('a stay stands while it lasts, moves, and is cancelled in its place', async () => {
    const mrn = newMrn();
    const pid = nobodyElse(mrn, 'OKAFOR');
    await send(db(), 'A01', { at: '202611021410', mrn, pid, pv1: onCoyle });
    await send(db(), 'A02', { at: '202611031005', mrn, pid, pv1: onMeyrick });
    const [open] = await visitsOf(db(), mrn);
    expect([open?.status, open?.location?.length]).toEqual(['in-progress', 2]);
    await send(db(), 'A11', { at: '202611031100', mrn, pid, pv1: onMeyrick });
    const visits = await visitsOf(db(), mrn);
    expect(visits.map(({ id, status }) => [id, status])).toEqual([[open?.id, 'cancelled']]);
  });

  it('an update that comes before the admission stands under the same visit once that comes', async () => {
    const mrn = newMrn();
    const pid = nobodyElse(mrn, 'LINDQVIST');
    await send(db(), 'A08', { at: '202611021500', mrn, pid, pv1: { ...onCoyle, 44: '' } });
    await send(db(), 'A01', { at: '202611021410', mrn, pid, pv1: onCoyle });
    expect((await visitsOf(db(), mrn)).map(({ status, period }) => [status, period?.start])).toEqual([
      ['in-progress', '2026-11-02T14:00:00+00:00'],
    ]);
  });

  it('A40 makes two records one person, and A37 takes them apart again', async () => {
    const [keep, gone] = [newMrn(), newMrn()];
    await send(db(), 'A01', { at: '202611021410', mrn: keep, pid: nobodyElse(keep, 'OKAFOR'), pv1: onCoyle });
    const second = { ...onMeyrick, 19: '2140' };
    await send(db(), 'A01', { at: '202611021420', mrn: gone, pid: nobodyElse(gone, 'OKAFFOR'), pv1: second });
    const before = [await personOf(db(), keep), await personOf(db(), gone)];
    expect(new Set(before).size).toBe(2);
    const more = [`MRG|${gone}^^^RKE^MR`];
    await send(db(), 'A40', { at: '202611021500', mrn: keep, pid: nobodyElse(keep, 'OKAFOR'), more });
    expect(await personOf(db(), gone)).toBe(await personOf(db(), keep));
    expect(await visitsOf(db(), keep)).toHaveLength(2);
    await send(db(), 'A37', { at: '202611021600', mrn: keep, pid: nobodyElse(keep, 'OKAFOR'), more });
    expect(await personOf(db(), keep)).toBe(before[0]);
    expect(await personOf(db(), gone)).not.toBe(before[0]);
    expect(await visitsOf(db(), keep)).toHaveLength(1);
    expect(await visitsOf(db(), gone)).toHaveLength(1);
  });

  it('a stay that began under a number that is merged away ends under the other, and is one', async () => {
    const [keep, gone] = [newMrn(), newMrn()];
    await send(db(), 'A28', { at: '202611021400', mrn: keep, pid: nobodyElse(keep, 'OKAFOR') });
    await send(db(), 'A01', { at: '202611021410', mrn: gone, pid: nobodyElse(gone, 'OKAFOR'), pv1: onCoyle });
    const more = [`MRG|${gone}^^^RKE^MR`];
    await send(db(), 'A40', { at: '202611021500', mrn: keep, pid: nobodyElse(keep, 'OKAFOR'), more });
    const ended = { ...onCoyle, 45: '202611031000' };
    await send(db(), 'A03', { at: '202611031005', mrn: keep, pid: nobodyElse(keep, 'OKAFOR'), pv1: ended });
    expect((await visitsOf(db(), keep)).map(({ status }) => status)).toEqual(['finished']);
  });

  it('one visit number used for two people leads from neither to the other', async () => {
    const [one, other] = [newMrn(), newMrn()];
    await send(db(), 'A01', { at: '202611021410', mrn: one, pid: nobodyElse(one, 'OKAFOR'), pv1: onCoyle });
    await send(db(), 'A01', { at: '202611021420', mrn: other, pid: nobodyElse(other, 'MENSAH'), pv1: onMeyrick });
    await send(db(), 'A11', { at: '202611021430', mrn: other, pid: nobodyElse(other, 'MENSAH'), pv1: onMeyrick });
    const [kept] = await visitsOf(db(), one);
    const [cancelled] = await visitsOf(db(), other);
    expect([kept?.status, cancelled?.status, kept?.id === cancelled?.id]).toEqual(['in-progress', 'cancelled', false]);
  });

  it('what the hospital marks is masked as it is stored, with what was found there', async () => {
    const mrn = newMrn();
    const more = ['DG1|1||8098009^Sexually transmitted disease^SCT|||F'];
    await send(db(), 'A04', {
      at: '202611021410',
      mrn,
      pid: nobodyElse(mrn, 'ASANTE'),
      pv1: { ...onCoyle, 2: 'O', 16: 'STD' },
      more,
    });
    const rows = await db().query<{ type: string; mask: number }>(
      `select type, mask from resource where patient = $1 and type in ('Encounter', 'Condition') order by type`,
      [await personOf(db(), mrn)],
    );
    expect(rows.map(({ type }) => type)).toEqual(['Condition', 'Encounter']);
    for (const { mask } of rows) expect(mask & labelBits.sexual).not.toBe(0);
  });
});
