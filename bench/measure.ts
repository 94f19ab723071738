import { Agent, request } from 'node:http';

/** The middle value; of an even number, the lower middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/**
 * Requests a second over `connections` kept-alive connections, `count` requests in all. Every answer must be 200 and of
 * `bytes` length, so that a fast error is never measured.
 */
export async function rateOf(
  url: string,
  headers: Record<string, string>,
  bytes: number,
  count: number,
  connections = 8,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const from = performance.now();
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const length = await getOnce(url, headers, agent);
      if (length !== bytes) throw new Error(`${length} bytes instead of ${bytes}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  agent.destroy();
  return count / ((performance.now() - from) / 1000);
}

function getOnce(url: string, headers: Record<string, string>, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, agent }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`answered ${answer.statusCode}`));
      let length = 0;
      answer.on('data', (chunk: Buffer) => (length += chunk.length));
      answer.on('end', () => resolve(length));
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end();
  });
}
