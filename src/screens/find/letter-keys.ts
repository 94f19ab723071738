import { useSyncExternalStore } from 'react';

// No patient data: whether one press of a letter does something, for this tab.
const keptAs = 'care-timeline.letter-keys';
const listeners = new Set<() => void>();
let on: boolean | undefined;

function read(): boolean {
  if (on === undefined) {
    try {
      on = sessionStorage.getItem(keptAs) !== 'off';
    } catch {
      // A frame of another site may have no storage: then the choice holds until the page is left.
      on = true;
    }
  }
  return on;
}

/** Switches the single-character keys on or off (WCAG 2.2, 2.1.4), for as long as the tab lives. */
export function switchLetterKeys(next: boolean): void {
  on = next;
  try {
    sessionStorage.setItem(keptAs, next ? 'on' : 'off');
  } catch {
    // As above: it holds until the page is left.
  }
  for (const listener of listeners) listener();
}

/** Whether single-character keys do something. */
export function useLetterKeys(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, read);
}
