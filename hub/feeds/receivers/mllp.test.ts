import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { readMessage } from '../hl7/message.ts';
import type { MllpLimits } from './mllp-limits.ts';
import { openMllp, type MllpReceiver } from './mllp.ts';
import type { FeedName, Keep } from './received.ts';
import { admission, connectSender, framed, inboxInMemory, type TestSender } from './testing-mllp.ts';

const feed: FeedName = { source: 'system-c', organisation: 'RKE', format: 'hl7-v2' };

const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function receiver(
  keep: Keep,
  limits: Partial<MllpLimits> = {},
  more: { from?: string[]; feed?: FeedName } = {},
): Promise<MllpReceiver> {
  const opened = await openMllp({ feed, port: 0, host: '127.0.0.1', keep, limits, ...more });
  open.push(opened);
  return opened;
}

async function sender(port: number): Promise<TestSender> {
  const connected = await connectSender(port);
  open.push({ close: () => void connected.socket.destroy() });
  return connected;
}

describe('a hospital that sends over MLLP', () => {
  it('is answered AA for each message once it is kept, in the order it sent', async () => {
    const { kept, keep } = inboxInMemory();
    const { port, counts } = await receiver(keep);
    const hospital = await sender(port);
    expect([await hospital.send(admission('1')), await hospital.send(admission('2'))]).toEqual(['AA 1', 'AA 2']);
    expect(kept.map(({ label, source, organisation, format }) => [label, source, organisation, format])).toEqual([
      ['1', 'system-c', 'RKE', 'hl7-v2'],
      ['2', 'system-c', 'RKE', 'hl7-v2'],
    ]);
    expect(Buffer.from(kept[0]!.bytes).toString()).toBe(admission('1'));
    expect(counts).toMatchObject({ connections: 1, kept: 2, failed: 0 });
  });

  it('hears nothing while its message is not yet committed', async () => {
    let commit: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (commit = resolve));
    const { port } = await receiver(async () => {
      await held;
      return { seq: 1, repeated: false };
    });
    const hospital = await sender(port);
    const answer = hospital.send(admission('1'));
    expect(await Promise.race([answer, delay(100, 'nothing yet')])).toBe('nothing yet');
    commit();
    expect(await answer).toBe('AA 1');
  });

  it('may send 3,000 messages without waiting: each is answered once, in order', async () => {
    const { kept, keep } = inboxInMemory();
    const { port } = await receiver(keep);
    const hospital = await sender(port);
    const ids = Array.from({ length: 3000 }, (_, place) => String(place));
    hospital.write(Buffer.concat(ids.map((id) => framed(admission(id)))));
    for (const id of ids) expect(await hospital.answer()).toBe(`AA ${id}`);
    expect(kept.map(({ label }) => label)).toEqual(ids);
    expect(await Promise.race([hospital.answer(), delay(50, 'no more')])).toBe('no more');
  });

  it('is told AE for what it marks for training: nothing of it is kept but that it came, unless the feed takes such', async () => {
    const { kept, keep } = inboxInMemory();
    const { port, counts } = await receiver(keep);
    const hospital = await sender(port);
    for (const mode of ['T', 'D', 'T^A', ' d']) {
      expect(await hospital.send(admission(mode).replace('|P|2.4', `|${mode}|2.4`))).toBe(`AE ${mode}`);
      const note = Buffer.from(kept.at(-1)!.bytes).toString();
      expect(note).toMatch(/^Not taken in\. Its sender marks it for training or testing \(MSH-11\)\.\nMSH\|/);
      expect(note).not.toMatch(/PID|Ada/);
    }
    // A mode that is not said, or the first of two messages whose second may be real.
    expect(await hospital.send(admission('1').replace('|P|2.4', '||2.4'))).toBe('AA 1');
    expect(await hospital.send(`${admission('2').replace('|P|2.4', '|T|2.4')}${admission('3')}`)).toBe('AE 2');
    expect(Buffer.from(kept.at(-1)!.bytes).toString()).toContain('|3|P|2.4');
    expect(counts).toMatchObject({ kept: 1, unusable: 5 });

    const school = await receiver(keep, {}, { feed: { ...feed, takesTraining: true } });
    expect(await (await sender(school.port)).send(admission('4').replace('|P|2.4', '|T|2.4'))).toBe('AA 4');
    expect(Buffer.from(kept.at(-1)!.bytes).toString()).toContain('PID');
  });

  it('is told AE for two messages in one frame, which is kept whole, so that neither is lost unseen', async () => {
    const { kept, keep } = inboxInMemory();
    const { port, counts } = await receiver(keep);
    const hospital = await sender(port);
    const both = [
      `${admission('1')}${admission('2')}`,
      `\r\n${admission('3').replaceAll('\r', '\n')}\n${admission('4')}`,
    ];
    for (const [place, frame] of both.entries()) expect(await hospital.send(frame)).toBe(`AE ${place === 0 ? 1 : 3}`);
    // The words of a note, or a blank line before the header, are no second message.
    const one = ['\r\n', ''].map(
      (before, place) => `${before}${admission(`b${place}`, 'NTE|1||MSH| is how it begins\r')}`,
    );
    expect([await hospital.send(one[0]!), await hospital.send(one[1]!)]).toEqual(['AA b0', 'AA b1']);
    expect(kept.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([...both, ...one]);
    for (const { bytes } of kept.slice(0, 2)) expect(() => readMessage(bytes)).toThrow('more than one message');
    for (const { bytes } of kept.slice(2)) expect(readMessage(bytes).all('MSH')).toHaveLength(1);
    expect(counts).toMatchObject({ unusable: 2, kept: 2 });
  });

  it('is told AE for what has no header, which is kept for somebody to look at, and goes on', async () => {
    const { kept, keep } = inboxInMemory();
    const { port, counts } = await receiver(keep);
    const hospital = await sender(port);
    expect(await hospital.send('PID|1||99')).toBe('AE ');
    expect(await hospital.send('')).toBe('AE ');
    expect(await hospital.send(admission('2'))).toBe('AA 2');
    expect(kept.map(({ label, bytes }) => [label, Buffer.from(bytes).toString()])).toEqual([
      [expect.stringMatching(/^no name [0-9a-f]{16}$/), 'PID|1||99'],
      ['2', admission('2')],
    ]);
    expect(counts).toMatchObject({ unusable: 2, kept: 1 });
  });

  it('is told AR when the store does not take it, and nothing it sent after overtakes what it sends again', async () => {
    const { kept, keep } = inboxInMemory();
    let full = false;
    const { port, counts } = await receiver((message) =>
      full ? Promise.reject(new Error('no space left on device')) : keep(message),
    );
    const before = await sender(port);
    expect(await before.send(admission('1'))).toBe('AA 1');
    full = true;
    before.write(Buffer.concat(['2', '3'].map((id) => framed(admission(id)))));
    expect([await before.answer(), await before.answer()]).toEqual(['AR 2', 'closed']);
    full = false;
    const again = await sender(port);
    expect([await again.send(admission('2')), await again.send(admission('3'))]).toEqual(['AA 2', 'AA 3']);
    expect(kept.map(({ label }) => label)).toEqual(['1', '2', '3']);
    expect(counts).toMatchObject({ failed: 1, kept: 3 });
  });

  it('whose messages the store does not take together has each tried alone, up to the first that is not taken', async () => {
    const { kept, keep } = inboxInMemory();
    const full = () => Promise.reject(new Error('no space left on device'));
    const opened = await openMllp({
      feed,
      port: 0,
      host: '127.0.0.1',
      keep: (message) => (message.label === '3' ? full() : keep(message)),
      keepTogether: full,
    });
    open.push(opened);
    const { port, counts } = opened;
    const hospital = await sender(port);
    hospital.write(Buffer.concat(['1', '2', '3', '4'].map((id) => framed(admission(id)))));
    const answers = [
      await hospital.answer(),
      await hospital.answer(),
      await hospital.answer(),
      await hospital.answer(),
    ];
    expect(answers).toEqual(['AA 1', 'AA 2', 'AR 3', 'closed']);
    expect(kept.map(({ label }) => label)).toEqual(['1', '2']);
    expect(counts).toMatchObject({ failed: 1, kept: 2 });
  });

  it('that did not hear its answer sends again, is told AA, and is kept once', async () => {
    const { kept, keep } = inboxInMemory();
    const { port, counts } = await receiver(keep);
    const hospital = await sender(port);
    expect([await hospital.send(admission('1')), await hospital.send(admission('1'))]).toEqual(['AA 1', 'AA 1']);
    expect(kept).toHaveLength(1);
    expect(counts.repeated).toBe(1);
  });

  it('is told AE for a message over the limit, of which its name is kept, and the line ends', async () => {
    const { kept, keep } = inboxInMemory();
    const { port, counts } = await receiver(keep, { messageBytes: 1000, lingerMs: 200 });
    const hospital = await sender(port);
    hospital.write(framed(admission('big', 'x'.repeat(5000))));
    expect([await hospital.answer(), await hospital.answer()]).toEqual(['AE big', 'closed']);
    const notice = Buffer.from(kept[0]!.bytes).toString();
    expect(notice).toContain('longer than is taken');
    expect(notice).toContain('|big|');
    expect(notice).not.toContain('Ada');
    expect(counts.unusable).toBe(1);
  });

  it('whose line drops halfway has nothing kept of that message', async () => {
    const { kept, keep } = inboxInMemory();
    const { port, counts } = await receiver(keep);
    for (const end of ['destroy', 'resetAndDestroy', 'end'] as const) {
      const hospital = await sender(port);
      expect(await hospital.send(admission(end))).toBe(`AA ${end}`);
      hospital.write(framed(admission('half')).subarray(0, 60));
      await delay(20);
      hospital.socket[end]();
      await hospital.closed;
    }
    await expect.poll(() => counts.cutOff).toBe(3);
    expect(kept.map(({ label }) => label)).toEqual(['destroy', 'resetAndDestroy', 'end']);
  });

  it('whose line drops while its message is being kept finds it kept when it sends again', async () => {
    const { kept, keep } = inboxInMemory();
    const { port, counts } = await receiver(async (message) => {
      await delay(50);
      return keep(message);
    });
    const hospital = await sender(port);
    hospital.write(framed(admission('1')));
    await delay(20);
    hospital.socket.resetAndDestroy();
    await expect.poll(() => counts.kept).toBe(1);
    expect(await (await sender(port)).send(admission('1'))).toBe('AA 1');
    expect(kept).toHaveLength(1);
  });

  it('is closed when it stays in the middle of a message, however slowly it goes on', async () => {
    const { port, counts } = await receiver(inboxInMemory().keep, { frameMs: 150 });
    const hospital = await sender(port);
    const dribble = setInterval(() => hospital.write('x'), 20);
    hospital.write('\u000b');
    await hospital.closed;
    clearInterval(dribble);
    await expect.poll(() => counts).toMatchObject({ timedOut: 1, cutOff: 1 });
  });

  it('is closed when it says nothing for long, but not while it waits for an answer', async () => {
    const { port, counts } = await receiver(
      async () => {
        await delay(300);
        return { seq: 1, repeated: false };
      },
      { idleMs: 100, frameMs: 100 },
    );
    const hospital = await sender(port);
    expect(await hospital.send(admission('1'))).toBe('AA 1');
    await hospital.closed;
    expect(counts.timedOut).toBe(1);
  });

  it('is not taken for one when it speaks something else', async () => {
    const { port, counts } = await receiver(inboxInMemory().keep, { strayBytes: 100 });
    const scanner = await sender(port);
    scanner.write(`GET /${'x'.repeat(200)} HTTP/1.1\r\n\r\n`);
    await scanner.closed;
    expect(counts.strayBytes).toBeGreaterThan(200);
  });

  it('is let in by its address alone where addresses are named', async () => {
    const { keep } = inboxInMemory();
    const closedTo = await receiver(keep, {}, { from: ['10.1.0.0/16', '2001:db8::1'] });
    const hospital = await sender(closedTo.port);
    await hospital.closed;
    expect(closedTo.counts).toMatchObject({ connections: 0, refused: 1 });
    const openTo = await receiver(keep, {}, { from: ['127.0.0.0/8'] });
    expect(await (await sender(openTo.port)).send(admission('1'))).toBe('AA 1');
  });

  it('finds no place beside too many others, until one leaves', async () => {
    const { port, counts } = await receiver(inboxInMemory().keep, { connections: 1 });
    const first = await sender(port);
    expect(await first.send(admission('1'))).toBe('AA 1');
    await (
      await sender(port)
    ).closed;
    expect(counts.refused).toBe(1);
    first.end();
    await first.closed;
    expect(await (await sender(port)).send(admission('2'))).toBe('AA 2');
  });
});

describe('a port that is closed', () => {
  it('answers the message in flight, takes no further one, and waits for nobody who is silent', async () => {
    const { kept, keep } = inboxInMemory();
    const { port, close } = await openMllp({
      feed,
      port: 0,
      host: '127.0.0.1',
      keep: async (message) => {
        await delay(100);
        return keep(message);
      },
    });
    const [busy, silent] = [await sender(port), await sender(port)];
    busy.write(Buffer.concat(['1', '2'].map((id) => framed(admission(id)))));
    await delay(50);
    await close();
    expect([await busy.answer(), await busy.answer()]).toEqual(['AA 1', 'closed']);
    await silent.closed;
    expect(kept.map(({ label }) => label)).toEqual(['1']);
    await expect(connectSender(port)).rejects.toThrow('ECONNREFUSED');
  });

  it('is refused with its reason when it is taken', async () => {
    const { port } = await receiver(inboxInMemory().keep);
    await expect(openMllp({ feed, port, host: '127.0.0.1', keep: inboxInMemory().keep })).rejects.toThrow('EADDRINUSE');
  });
});
