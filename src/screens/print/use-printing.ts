import { useEffect } from 'react';

/** A browser that is allowed to print has begun by then; one that is not says nothing at all. */
const beginsWithinMs = 1500;
/** Some browsers tell that printing has ended while they still draw its pages. */
const drawnWithinMs = 1000;

/**
 * Prints the window once, as soon as what calls this stands in the page: the frame's own window where the app runs in
 * one. `onDone` follows when printing has ended, was printed or cancelled; `onRefused` when it never began, as in a frame
 * that may not open dialogs. `before` goes first, and never rejects.
 */
export function usePrinting(before: () => Promise<void>, onDone: () => void, onRefused: () => void): void {
  useEffect(() => {
    let refused: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    let ended: ReturnType<typeof setTimeout> | undefined;
    const begun = () => {
      clearTimeout(refused);
      clearTimeout(ended);
    };
    const end = () => {
      ended = setTimeout(onDone, drawnWithinMs);
    };
    window.addEventListener('beforeprint', begun);
    window.addEventListener('afterprint', end);
    const begin = async () => {
      await before();
      if (gone) return;
      refused = setTimeout(onRefused, beginsWithinMs);
      window.print();
    };
    // In a task of its own: the sheet has left the page by then, and a component mounted twice prints once.
    const start = setTimeout(() => void begin());
    return () => {
      gone = true;
      clearTimeout(start);
      begun();
      window.removeEventListener('beforeprint', begun);
      window.removeEventListener('afterprint', end);
    };
    // Once for each document: what it calls when it ends stays the same for its life.
    // oxlint-disable-next-line react/exhaustive-deps -- printing again because a callback is a new function would print twice
  }, []);
}
