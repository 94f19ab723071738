import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../tools/free-port.ts';
import { checkFeeds, type FeedSetting } from '../feed-settings.ts';
import { openReceivers } from './open-receivers.ts';
import { makeAuthority } from './testing-certificates.ts';
import { admission, connectSender, inboxInMemory } from './testing-mllp.ts';

const folder = mkdtempSync(join(tmpdir(), 'care-timeline-receivers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const common = { organisation: 'RKE', arrives: 'live', promiseMinutes: 30 };
const hospital = (receiver: object) => ({ ...common, source: 'system-c', format: 'hl7-v2', receiver });
const council = { ...common, source: 'liquidlogic', format: 'client-level-data', arrives: 'daily' };

function checked(...stored: object[]): FeedSetting[] {
  const read = checkFeeds(stored);
  if ('fault' in read) throw new Error(read.fault);
  return read.feeds;
}

describe('the receivers that are configured', () => {
  it('are all open, each under its own source, and all closed again', async () => {
    const authority = makeAuthority();
    const hub = authority.sign('hub.example');
    const [key, cert, ca] = ['hub.key', 'hub.pem', 'ca.pem'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(key, hub.key);
    writeFileSync(cert, hub.cert);
    writeFileSync(ca, authority.cert);
    mkdirSync(join(folder, 'council'));
    const { kept, keep } = inboxInMemory();
    const receivers = await openReceivers(
      checked(
        hospital({ kind: 'mllp', port: await freePort() }),
        { ...hospital({ kind: 'mllp', port: await freePort(), tls: { key, cert, ca } }), source: 'carecast' },
        { ...council, receiver: { kind: 'folder', path: join(folder, 'council') } },
        { ...council, receiver: { kind: 'https', clientId: 'council' } },
      ),
      { keep },
    );
    const [plain, secured, daily] = receivers.open;
    expect(receivers.open).toHaveLength(3);
    expect(daily?.counts).toMatchObject({ kept: 0, failed: 0 });
    const one = await connectSender(plain!.port!);
    const tls = { ca: authority.cert, servername: 'hub.example', ...authority.sign('uclh.example') };
    const other = await connectSender(secured!.port!, tls);
    authority.remove();
    expect([await one.send(admission('1')), await other.send(admission('2'))]).toEqual(['AA 1', 'AA 2']);
    expect(kept.map(({ source, label }) => [source, label])).toEqual([
      ['system-c', '1'],
      ['carecast', '2'],
    ]);
    await receivers.close();
    await Promise.all([one.closed, other.closed]);
    await expect(connectSender(plain!.port!)).rejects.toThrow('ECONNREFUSED');
  });

  it('are none of them open when one cannot be, and it is named', async () => {
    const [port, { keep }] = [await freePort(), inboxInMemory()];
    const tls = { key: join(folder, 'none.key'), cert: join(folder, 'none.pem'), ca: join(folder, 'none.pem') };
    const feeds = checked(
      hospital({ kind: 'mllp', port }),
      hospital({ kind: 'mllp', port: await freePort(), host: '0.0.0.0', tls }),
    );
    await expect(openReceivers(feeds, { keep })).rejects.toThrow(
      /^feeds\[1\]\.receiver \(system-c\) cannot be opened: ENOENT/,
    );
    await expect(connectSender(port)).rejects.toThrow('ECONNREFUSED');
  });
});
