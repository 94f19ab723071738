import { parsePair, type TokenPair } from './kept.ts';
import { asObject } from './shape.ts';
import type { Tab } from './tab.ts';

/**
 * A duplicated tab starts with a copy of the same tokens. A refresh token is good once, so the tabs take turns and hand
 * the new pair on; otherwise the second one's refresh would look like a theft and end both.
 */
export interface SharedGrant {
  /** Runs the work while no other tab of this grant runs its own. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Hands a new pair on to the other tabs. */
  tell(pair: TokenPair): void;
  /** Asks the other tabs for a newer pair and gives them a moment to answer through `adopt`. */
  ask(generation: number, waitMs: number): Promise<void>;
  close(): void;
}

const stepMs = 10;

/** Joins the tabs that share a grant. `current` gives this tab's pair, `adopt` takes another tab's newer one. */
export function shareGrant(
  tab: Tab,
  share: string,
  current: () => TokenPair,
  adopt: (pair: TokenPair) => void,
): SharedGrant {
  const name = `care-timeline.grant.${share}`;
  const channel = tab.channel(name);
  const locks = tab.locks;
  // eslint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel reaches its own origin only
  const post = (message: object): void => channel?.postMessage(message);

  channel?.addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = asObject(event.data);
    if (message?.['kind'] === 'ask' && Number(message['generation']) < current().generation) {
      post({ kind: 'pair', pair: current() });
    }
    const pair = message?.['kind'] === 'pair' ? parsePair(message['pair']) : undefined;
    if (pair !== undefined && pair.generation > current().generation) adopt(pair);
  });

  return {
    alone: (work) => (locks === undefined ? work() : locks.request(name, work)),
    tell: (pair) => post({ kind: 'pair', pair }),
    async ask(generation, waitMs) {
      if (channel === undefined) return;
      post({ kind: 'ask', generation });
      for (let waited = 0; waited < waitMs && current().generation === generation; waited += stepMs) {
        await new Promise((resolve) => {
          setTimeout(resolve, stepMs);
        });
      }
    },
    close: () => channel?.close(),
  };
}
