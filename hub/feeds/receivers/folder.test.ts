import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFolder, type FolderReceiver } from './folder.ts';
import type { Keep } from './received.ts';
import { inboxInMemory } from './testing-mllp.ts';

describe('a folder of daily files', () => {
  let path = '';
  const open: FolderReceiver[] = [];
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'care-timeline-folder-'));
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    rmSync(path, { recursive: true, force: true });
  });

  const at = (...names: string[]) => join(path, ...names);
  const put = (name: string, content: string | Buffer) => writeFileSync(at(name), content);
  const watch = (keep: Keep, more: { settleMs?: number; fileBytes?: number } = {}) => {
    const feed = { source: 'emis', organisation: 'F83004', format: 'emis-csv' } as const;
    const folder = openFolder({ feed, path, keep, lookMs: 3_600_000, settleMs: 0, ...more });
    open.push(folder);
    return folder;
  };
  const twice = async (folder: FolderReceiver) => {
    await folder.look();
    await folder.look();
  };
  const texts = (kept: { label: string; bytes: Uint8Array }[]) =>
    kept.map(({ label, bytes }) => [label, Buffer.from(bytes).toString()]);

  it('is emptied into the inbox, code tables first, packed files unpacked', async () => {
    const { kept, keep } = inboxInMemory();
    put('29_CareRecord_Observation_20261102.csv', 'observations');
    put('29_Coding_ClinicalCode_20261102.csv.gz', gzipSync('codes'));
    const folder = watch(keep);
    await twice(folder);
    expect(texts(kept)).toEqual([
      ['29_Coding_ClinicalCode_20261102.csv', 'codes'],
      ['29_CareRecord_Observation_20261102.csv', 'observations'],
    ]);
    expect(kept[0]).toMatchObject({ source: 'emis', organisation: 'F83004', format: 'emis-csv' });
    expect(readdirSync(path).sort()).toEqual(['refused', 'taken']);
    expect(readdirSync(at('taken'))).toEqual([]);
    expect(folder.counts).toEqual({ kept: 2, repeated: 0, refused: 0, failed: 0 });
  });

  it('keeps its hands off a file that is still being written, by its name or because it changes', async () => {
    const { kept, keep } = inboxInMemory();
    const folder = watch(keep);
    put('a.csv.part', 'half');
    put('b.csv', 'half');
    put('empty.csv', '');
    await folder.look();
    appendFileSync(at('b.csv'), ' more');
    await folder.look();
    expect(kept).toEqual([]);
    renameSync(at('a.csv.part'), at('a.csv'));
    await folder.look();
    await folder.look();
    expect(texts(kept)).toEqual([
      ['b.csv', 'half more'],
      ['a.csv', 'half'],
    ]);
    expect(existsSync(at('empty.csv'))).toBe(true);
  });

  it('waits until a file has stood unchanged for as long as is asked', async () => {
    const { kept, keep } = inboxInMemory();
    put('a.csv', 'x');
    const folder = watch(keep, { settleMs: 150 });
    await twice(folder);
    expect(kept).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await folder.look();
    expect(kept).toHaveLength(1);
  });

  it('loses nothing while the store is away, and lets nothing overtake', async () => {
    const { kept, keep } = inboxInMemory();
    let full = true;
    const folder = watch((message) => (full ? Promise.reject(new Error('disk full')) : keep(message)));
    put('1.csv', 'one');
    await twice(folder);
    put('0.csv', 'another');
    await twice(folder);
    expect([readdirSync(at('taken')), existsSync(at('0.csv')), folder.counts.failed]).toEqual([['1.csv'], true, 3]);
    full = false;
    await twice(folder);
    expect(texts(kept)).toEqual([
      ['1.csv', 'one'],
      ['0.csv', 'another'],
    ]);
  });

  it('after a restart keeps what was in hand, once, whether or not it had been kept', async () => {
    const { kept, keep } = inboxInMemory();
    mkdirSync(at('taken'));
    put('taken/before.csv', 'not kept yet');
    put('taken/after.csv', 'kept, not yet removed');
    await keep({
      source: 'emis',
      organisation: 'F83004',
      format: 'emis-csv',
      label: 'after.csv',
      receivedAt: '2026-11-02T06:00:00.000Z',
      bytes: Buffer.from('kept, not yet removed'),
    });
    const folder = watch(keep);
    await folder.look();
    expect(kept.map(({ label }) => label).sort()).toEqual(['after.csv', 'before.csv']);
    expect([readdirSync(at('taken')), folder.counts.repeated]).toEqual([[], 1]);
  });

  it('takes the same file put there twice as one, and another under the same name as another', async () => {
    const { kept, keep } = inboxInMemory();
    const folder = watch(keep);
    for (const content of ['monday', 'monday', 'tuesday']) {
      put('daily.csv', content);
      await twice(folder);
    }
    expect(texts(kept)).toEqual([
      ['daily.csv', 'monday'],
      ['daily.csv', 'tuesday'],
    ]);
  });

  it('sets aside what cannot be read, says why without its content, and tells the inbox', async () => {
    const { kept, keep } = inboxInMemory();
    const folder = watch(keep, { fileBytes: 1024 * 1024 });
    put('torn.csv.gz', gzipSync('x'.repeat(10_000)).subarray(0, 30));
    put('bomb.csv.gz', gzipSync(Buffer.alloc(50 * 1024 * 1024)));
    put('large.csv', Buffer.alloc(1024 * 1024 + 1, 'x'));
    put('good.csv', 'good');
    await twice(folder);
    expect(readdirSync(at('refused')).sort()).toEqual([
      'bomb.csv.gz',
      'bomb.csv.gz.reason.txt',
      'large.csv',
      'large.csv.reason.txt',
      'torn.csv.gz',
      'torn.csv.gz.reason.txt',
    ]);
    expect(readFileSync(at('refused', 'torn.csv.gz.reason.txt'), 'utf8')).toBe('The file cannot be unpacked.\n');
    expect(texts(kept)).toEqual([
      ['bomb.csv.gz', 'Not taken in. The file is larger than 1 MiB.'],
      ['good.csv', 'good'],
      ['large.csv', 'Not taken in. The file is larger than 1 MiB.'],
      ['torn.csv.gz', 'Not taken in. The file cannot be unpacked.'],
    ]);
    expect(folder.counts).toEqual({ kept: 1, repeated: 0, refused: 3, failed: 0 });
    put('torn.csv.gz', gzipSync('y'.repeat(10_000)).subarray(0, 30));
    await twice(folder);
    expect(readdirSync(at('refused')).filter((name) => name.startsWith('torn'))).toHaveLength(4);
  });

  it('follows no link and enters no other folder', async () => {
    const { kept, keep } = inboxInMemory();
    mkdirSync(at('inner'));
    put('inner/a.csv', 'inner');
    symlinkSync('/etc/hostname', at('link.csv'));
    await twice(watch(keep));
    expect(kept).toEqual([]);
  });

  it('looked at by two hubs gives each file once', async () => {
    const { kept, keep } = inboxInMemory();
    for (let place = 0; place < 20; place += 1) put(`${place}.csv`, `file ${place}`);
    const hubs = [watch(keep), watch(keep)];
    await Promise.all(hubs.map(twice));
    expect(kept).toHaveLength(20);
    expect(readdirSync(path).sort()).toEqual(['refused', 'taken']);
  });

  it('on a drive that is not there when the hub starts is not made in its place, and emptied once it is there', async () => {
    const { kept, keep } = inboxInMemory();
    rmSync(path, { recursive: true });
    const folder = watch(keep);
    await folder.look();
    expect([existsSync(path), folder.counts.failed]).toEqual([false, 1]);
    mkdirSync(path);
    put('a.csv', 'x');
    await twice(folder);
    expect(kept).toHaveLength(1);
  });

  it('that went away is looked for again, and closing does not wait for the next look', async () => {
    const { kept, keep } = inboxInMemory();
    const folder = watch(keep);
    renameSync(path, `${path}-away`);
    await folder.look();
    expect(folder.counts.failed).toBe(1);
    renameSync(`${path}-away`, path);
    put('a.csv', 'x');
    await twice(folder);
    expect(kept).toHaveLength(1);
    await folder.close();
  });
});
