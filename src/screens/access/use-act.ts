import { useState } from 'react';
import { ReadFailure } from '../../launch/session.ts';
import { failureWords } from '../failure-words.ts';

/** An act that goes to the hub: under way, or why it did not happen. */
export interface Act {
  busy: boolean;
  /** In words; undefined where nothing went wrong. */
  failure: string | undefined;
  /** Whether it wants a fresh sign-on first. */
  stale: boolean;
  run: (work: () => Promise<void>) => Promise<void>;
}

/** Runs one act at a time and says what became of it. The hub's own words are told where it refused. */
export function useAct(): Act {
  const [state, setState] = useState<Omit<Act, 'run'>>({ busy: false, failure: undefined, stale: false });
  const run = async (work: () => Promise<void>): Promise<void> => {
    if (state.busy) return;
    setState({ busy: true, failure: undefined, stale: false });
    try {
      await work();
      setState({ busy: false, failure: undefined, stale: false });
    } catch (error) {
      const kind = error instanceof ReadFailure ? error.kind : undefined;
      const told = error instanceof ReadFailure && error.status !== undefined && error.status < 500;
      setState({ busy: false, failure: told ? error.message : failureWords(kind), stale: kind === 'stale-sign-on' });
    }
  };
  return { ...state, run };
}
