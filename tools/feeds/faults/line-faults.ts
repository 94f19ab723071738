import { setTimeout as delay } from 'node:timers/promises';
import { connectSender, framed } from '../../../hub/feeds/receivers/testing-mllp.ts';
import { sendAll } from '../hospital.ts';
import { seeded } from '../seeded.ts';
import { growthDuring, holds, holdsExactly, megabyte, messagesOf, type Fault } from './fault.ts';

const droppedLines: Fault = {
  name: 'lines that drop in the middle of a message',
  async tried({ hub, store }) {
    const random = seeded(1);
    const messages = messagesOf('drop', 200);
    for (const message of messages) {
      const whole = framed(message.bytes);
      const torn = await connectSender(hub.port);
      torn.write(whole.subarray(0, Math.floor(random() * (whole.length - 1))));
      await delay(1);
      if (random() < 0.5) torn.socket.resetAndDestroy();
      else torn.end();
      await torn.closed;
      const line = await connectSender(hub.port);
      line.write(whole);
      const answer = await line.answer();
      holds(answer === `AA ${message.id}`, `sent again it was answered ${answer}`);
      line.socket.destroy();
    }
    await holdsExactly(store, 'drop', messages);
    return '200 lines dropped at random bytes, each message sent again: 200 kept, none in half';
  },
};

const dribble: Fault = {
  name: 'a message that arrives byte by byte',
  async tried({ hub, store }) {
    const messages = messagesOf('dribble', 3);
    const line = await connectSender(hub.port);
    line.socket.setNoDelay(true);
    for (const { id, bytes } of messages) {
      for (const byte of framed(bytes)) {
        line.write(Buffer.from([byte]));
        await delay(0);
      }
      const answer = await line.answer();
      holds(answer === `AA ${id}`, `answered ${answer}`);
    }
    line.socket.destroy();
    await holdsExactly(store, 'dribble', messages);
    return '3 messages, a byte at a time: 3 kept';
  },
};

const pipelined: Fault = {
  name: '3,000 messages without waiting for an answer',
  async tried({ hub, store }) {
    const messages = messagesOf('pipe', 3000);
    const from = performance.now();
    let answered = 0;
    await sendAll(
      () => hub.port,
      messages,
      () => (answered += 1),
      messages.length,
    );
    const seconds = (performance.now() - from) / 1000;
    holds(answered === 3000, `${answered} answers`);
    await holdsExactly(store, 'pipe', messages);
    return `3,000 answered once each, in order, in ${seconds.toFixed(1)} s`;
  },
};

const neverReads: Fault = {
  name: 'a sender that never reads its answers',
  async tried({ hub }) {
    // One message again and again, whose names make the answers as long as they come.
    const long = (letter: string) => letter.repeat(190);
    const names = ['A', 'B', 'C', 'D'].map(long).join('|');
    const message = `MSH|^~\\&|${names}|2026||ADT^A08|${long('E')}|${long('F')}|${long('G')}||||||${long('H')}\r`;
    const some = Buffer.concat(Array.from({ length: 500 }, () => framed(message)));
    const before = (await hub.look()).counts['timedOut'] ?? 0;
    let sent = 0;
    let closed = false;
    const growth = await growthDuring(hub, async () => {
      const line = await connectSender(hub.port);
      line.socket.pause();
      // How much the network holds before the hub is stopped by it is the machine's to say, up to tens of megabytes: half a
      // minute is given to it. Only the hub's count tells when it closes: a side that does not read does not notice.
      let flushed: Promise<string> = Promise.resolve('flushed');
      const until = performance.now() + 30_000;
      while (performance.now() < until) {
        closed = ((await hub.glance()).counts['timedOut'] ?? 0) > before;
        if (closed) break;
        if ((await Promise.race([flushed, delay(250, 'held')])) === 'held') continue;
        flushed = new Promise((resolve) => line.socket.write(some, () => resolve('flushed')));
        sent += some.length;
      }
      line.socket.destroy();
    });
    holds(growth < 64 * megabyte, `the hub grew by ${(growth / megabyte).toFixed(0)} MiB`);
    const end = closed ? 'held back and closed' : 'not yet held back by the network';
    return `${(sent / megabyte).toFixed(1)} MiB sent, ${end}; the hub grew by ${(growth / megabyte).toFixed(0)} MiB`;
  },
};

const hugeFrame: Fault = {
  name: 'a frame of 100 MB',
  async tried({ hub, store }) {
    let answer = '';
    const growth = await growthDuring(hub, async () => {
      const line = await connectSender(hub.port);
      const head = '\u000bMSH|^~\\&|PAS|RKE|HUB|ISL|2026||ORU^R01|huge-1|P|2.4\rOBX|1|ED|||';
      line.write(head);
      const chunk = Buffer.alloc(megabyte, 'x');
      for (let sent = 0; sent < 100 && !line.socket.destroyed; sent += 1) {
        const flushed = new Promise((resolve) => line.socket.write(chunk, resolve));
        await Promise.race([flushed, line.closed]);
      }
      answer = await line.answer();
      line.socket.destroy();
    });
    holds(answer === 'AE huge-1', `answered ${answer}`);
    holds(growth < 96 * megabyte, `the hub grew by ${(growth / megabyte).toFixed(0)} MiB`);
    const { rows } = await store.query<{ bytes: Buffer }>(`select bytes from inbox where label = 'huge-1'`);
    holds(rows.length === 1 && (rows[0]?.bytes.length ?? 0) < 1000, 'no notice of it was kept');
    return `answered AE, a notice of it kept for the dead letters; the hub grew by ${(growth / megabyte).toFixed(0)} MiB`;
  },
};

const noise: Fault = {
  name: 'noise, truncated and mangled messages',
  async tried({ hub, store }) {
    const random = seeded(2);
    const bytes = (count: number) => Buffer.from(Array.from({ length: count }, () => Math.floor(random() * 256)));
    const unusable = (await hub.look()).counts['unusable'] ?? 0;
    let frames = 0;
    for (let place = 0; place < 150; place += 1) {
      const line = await connectSender(hub.port);
      const [message] = messagesOf(`noise${place}`, 1);
      const whole = message?.bytes ?? Buffer.alloc(0);
      const kinds = [
        () => bytes(2000),
        () => framed(bytes(Math.floor(random() * 2000))),
        () => framed(whole.subarray(0, Math.floor(random() * whole.length))),
        () => framed(Buffer.concat([whole.subarray(0, 40), bytes(30), whole.subarray(40)])),
      ];
      for (const kind of kinds) {
        line.write(kind());
        frames += 1;
      }
      line.end();
      await Promise.race([line.closed, delay(2000)]);
      line.socket.destroy();
    }
    // After all that it is as good as new.
    const messages = messagesOf('after', 10);
    await sendAll(
      () => hub.port,
      messages,
      () => undefined,
    );
    await holdsExactly(store, 'after', messages);
    const { counts } = await hub.look();
    holds((counts['unusable'] ?? 0) > unusable, 'none of it was kept for the dead letters');
    return `${frames} pieces of it, ${(counts['unusable'] ?? 0) - unusable} kept for the dead letters; the hub lives`;
  },
};

export const lineFaults: readonly Fault[] = [droppedLines, dribble, pipelined, neverReads, hugeFrame, noise];
