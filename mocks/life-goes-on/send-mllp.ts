import { connect } from 'node:net';

/** Milliseconds that an acknowledgement may take. */
const patience = 20_000;

/** Sends HL7 messages one after another by MLLP, each when the one before was acknowledged. Rejects when one is not. */
export async function sendMllp(port: number, messages: readonly Uint8Array[]): Promise<void> {
  for (const message of messages) {
    const answer = await exchangeMllp(port, message);
    if (!/\rMSA\|AA/.test(answer)) throw new Error('The hub did not take the message.');
  }
}

/** Sends one message on a line of its own and resolves with its acknowledgement. Rejects when none comes. */
export function exchangeMllp(port: number, message: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(Buffer.concat([Buffer.from([0x0b]), message, Buffer.from([0x1c, 0x0d])]));
    });
    let answer = '';
    socket.setTimeout(patience, () => socket.destroy(new Error('The hub did not answer.')));
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1');
      if (!answer.includes('\x1c\r')) return;
      socket.end();
      resolve(answer);
    });
  });
}
