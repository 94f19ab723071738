import { getDefaultHighWaterMark } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openMllp } from './mllp.ts';
import { admission, connectSender, framed } from './testing-mllp.ts';

/** Bytes that a socket hands over in one go at most. */
const atHand = 2 * getDefaultHighWaterMark(false);

it('a hospital that never reads its answers is held back once the network is full of them, and then closed', async () => {
  let kept = 0;
  const receiver = await openMllp({
    feed: { source: 'system-c', organisation: 'RKE', format: 'hl7-v2' },
    port: 0,
    host: '127.0.0.1',
    keep: () => Promise.resolve({ seq: (kept += 1), repeated: false }),
    limits: { answerMs: 500 },
  });
  const hospital = await connectSender(receiver.port);
  hospital.socket.pause();
  const some = Buffer.concat(Array.from({ length: 500 }, (_, place) => framed(admission(`a${place}`))));
  // It goes on for as long as its own network takes more: until the receiver has stopped reading it.
  for (let full = false; !full && !hospital.socket.destroyed;) {
    if (!hospital.socket.write(some)) {
      const drained = new Promise((go) => hospital.socket.once('drain', () => go('drained')));
      full = (await Promise.race([drained, delay(300, 'full')])) === 'full';
    }
    await delay(0);
  }
  await expect.poll(() => receiver.counts.timedOut, { timeout: 5000 }).toBe(1);
  const before = kept;
  await delay(100);
  // What lay whole in the bytes at hand is kept still, unanswered; of the megabytes on their way nothing more is read.
  expect(kept - before).toBeLessThanOrEqual(atHand / framed(admission('a0')).length);
  expect(before).toBeGreaterThan(0);
  hospital.socket.destroy();
  await receiver.close();
});
