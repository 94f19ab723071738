import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import type { MllpLimits } from '../../hub/feeds/receivers/mllp-limits.ts';

const state = z.object({
  rss: z.number(),
  heapUsed: z.number(),
  arrayBuffers: z.number(),
  counts: z.record(z.string(), z.number()),
  failures: z.record(z.string(), z.number()),
});

/** How a hub's process stands: bytes of memory, what its port counted, and what failed how often. */
export type HubState = z.infer<typeof state>;

/** A hub that takes messages in, in a process of its own. */
export interface RunningHub {
  port: number;
  look(): Promise<HubState>;
  /** Starts the worker of a hub that was started without. */
  work(): Promise<HubState>;
  /** Ends it at once, as `kill -9` does. */
  kill(): Promise<void>;
}

/** Starts one. Rejects with what it said when it ends before it listens. */
export async function startHubProcess(
  databaseUrl: string,
  { port = 0, works = true, limits = {} }: { port?: number; works?: boolean; limits?: Partial<MllpLimits> } = {},
): Promise<RunningHub> {
  const hub = fork(
    new URL('hub-process.ts', import.meta.url),
    [databaseUrl, String(port), works ? 'works' : 'rests', JSON.stringify(limits)],
    {
      execArgv: ['--expose-gc'],
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    },
  );
  let said = '';
  hub.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const listening = await Promise.race([
    once(hub, 'message').then(([first]) => z.number().parse(first)),
    once(hub, 'exit').then(() => {
      throw new Error(`the hub ended before it listened: ${said}`);
    }),
  ]);
  return {
    port: listening,
    look: () => ask(hub, 'look'),
    work: () => ask(hub, 'work'),
    async kill() {
      if (hub.exitCode !== null || hub.signalCode !== null) return;
      const gone = once(hub, 'exit');
      hub.kill('SIGKILL');
      await gone;
    },
  };
}

async function ask(hub: ChildProcess, order: 'work' | 'look'): Promise<HubState> {
  hub.send(order);
  return state.parse((await once(hub, 'message'))[0]);
}
