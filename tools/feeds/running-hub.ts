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

/** What the process is asked. */
export type HubOrder = 'work' | 'look' | 'glance';

/** A hub that takes messages in, in a process of its own. */
export interface RunningHub {
  port: number;
  /** After a collection of what is not used. */
  look(): Promise<HubState>;
  /** As it is, for looking often. */
  glance(): Promise<HubState>;
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
  const ask = asking(hub);
  return {
    port: listening,
    look: () => ask('look'),
    glance: () => ask('glance'),
    work: () => ask('work'),
    async kill() {
      if (hub.exitCode !== null || hub.signalCode !== null) return;
      const gone = once(hub, 'exit');
      hub.kill('SIGKILL');
      await gone;
    },
  };
}

/** One question at a time, so that each gets its own answer. */
function asking(hub: ChildProcess): (order: HubOrder) => Promise<HubState> {
  let before: Promise<unknown> = Promise.resolve();
  return (order) => {
    const answer = before.then(async () => {
      hub.send(order);
      return state.parse((await once(hub, 'message'))[0]);
    });
    before = answer.catch(() => undefined);
    return answer;
  };
}
