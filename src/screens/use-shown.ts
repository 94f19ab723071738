import { useEffect, useState } from 'react';
import type { Entry } from '../timeline/entry.ts';
import type { Shown } from '../timeline/gained.ts';
import { tellersOf } from '../timeline/gained.ts';

interface ShownHere extends Shown {
  rows: Map<string, string>;
  tellers: Map<string, number>;
}

/**
 * What this page has shown: in which row each entry stood, and by how many sources it was told then. It is kept outside what
 * React remembers, for noting it changes nothing on the page: only the next page of the record is joined by it (T2, T4).
 */
export function useShown(): Shown & { note: (entries: readonly Entry[]) => void } {
  'use no memo';
  const [shown] = useState<ShownHere>(() => ({ rows: new Map(), tellers: new Map() }));
  return {
    ...shown,
    note(entries) {
      for (const entry of entries) {
        if (!shown.tellers.has(entry.key)) shown.tellers.set(entry.key, tellersOf(entry).length);
        shown.rows.set(entry.key, entry.key);
        for (const { entry: witness } of entry.joined?.witnesses ?? []) shown.rows.set(witness.key, entry.key);
      }
    },
  };
}

/** Notes what stands on the page, once it does. */
export function useNoted(shown: ReturnType<typeof useShown>, entries: readonly Entry[]): void {
  'use no memo';
  const { note } = shown;
  // oxlint-disable-next-line react/exhaustive-deps -- `note` is new with every drawing and always does the same
  useEffect(() => note(entries), [entries]);
}
