import { setTimeout as delay } from 'node:timers/promises';
import { connectSender, framed } from '../../hub/feeds/receivers/testing-mllp.ts';

/**
 * Sends messages in their order over one line, several of them without waiting, as a hospital's system does: what was not
 * acknowledged when the line broke, or was answered AR, it sends again on the next line. Resolves when all are
 * acknowledged. Rejects when an answer is for another message than the next one, or says that one can never be used.
 * @param portOf asked before each line, since a hub may come back on another port
 */
export async function sendAll(
  portOf: () => number,
  messages: readonly { id: string; bytes: Buffer }[],
  acknowledged: (id: string) => void,
  window = 8,
): Promise<{ lines: number; refused: number }> {
  let [next, lines, refused] = [0, 0, 0];
  while (next < messages.length) {
    const line = await connectSender(portOf()).catch(() => undefined);
    if (line === undefined) {
      await delay(50);
      continue;
    }
    lines += 1;
    let written = next;
    for (let message = messages[next]; message !== undefined; message = messages[next]) {
      const more = messages.slice(written, next + window);
      if (more.length > 0) line.write(Buffer.concat(more.map(({ bytes }) => framed(bytes))));
      written += more.length;
      const answer = await line.answer();
      if (answer.startsWith('AR ')) refused += 1;
      if (answer === 'closed' || answer.startsWith('AR ')) break;
      if (answer !== `AA ${message.id}`) throw new Error(`${answer} is not the answer to ${message.id}`);
      next += 1;
      acknowledged(message.id);
    }
    line.socket.destroy();
    if (next < messages.length) await delay(20);
  }
  return { lines, refused };
}
