import { connect } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { openMllp } from './mllp.ts';
import { makeAuthority } from './testing-certificates.ts';
import { admission, connectSender, inboxInMemory } from './testing-mllp.ts';

const [borough, stranger] = [makeAuthority(), makeAuthority()];
const hub = borough.sign('hub.example');
const hospital = borough.sign('hospital.example');
const other = stranger.sign('hospital.example');

describe('MLLP over TLS', async () => {
  const { kept, keep } = inboxInMemory();
  const receiver = await openMllp({
    feed: { source: 'system-c', organisation: 'RKE', format: 'hl7-v2' },
    port: 0,
    host: '127.0.0.1',
    keep,
    tls: { ...hub, ca: borough.cert },
  });
  const trusting = { ca: borough.cert, servername: 'hub.example' };
  afterAll(async () => {
    await receiver.close();
    borough.remove();
    stranger.remove();
  });

  it('takes what a hospital sends that shows a certificate of the borough', async () => {
    const sender = await connectSender(receiver.port, { ...trusting, ...hospital });
    expect(await sender.send(admission('1'))).toBe('AA 1');
    sender.end();
    await sender.closed;
  });

  it('takes nothing from one that shows a wrong certificate, none, or speaks without TLS', async () => {
    const before = receiver.counts.refused;
    // In TLS 1.3 the sender's side is ready before its certificate is judged: what it sends then is never read.
    for (const shown of [other, {}]) {
      const sender = await connectSender(receiver.port, { ...trusting, ...shown });
      expect(await sender.send(admission('false'))).toBe('closed');
    }
    const plain = await connectSender(receiver.port);
    expect(await plain.send(admission('plain'))).toBe('closed');
    await expect.poll(() => receiver.counts.refused - before).toBe(3);
    expect(kept.map(({ label }) => label)).toEqual(['1']);
  });

  it('is not believed by a hospital that knows another authority', async () => {
    await expect(
      connectSender(receiver.port, { ca: stranger.cert, servername: 'hub.example', ...hospital }),
    ).rejects.toThrow(/self-signed certificate|unable to (get|verify)/);
  });

  it('does not wait for somebody in the middle of the greeting when it closes', async () => {
    const quiet = connect({ port: receiver.port });
    await new Promise((resolve) => quiet.once('connect', resolve));
    const gone = new Promise((resolve) => quiet.once('close', resolve));
    quiet.on('error', () => undefined);
    quiet.resume();
    await receiver.close();
    await gone;
    expect(quiet.destroyed).toBe(true);
  });
});
