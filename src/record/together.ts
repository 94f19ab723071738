type Subscribe = (listener: () => void) => () => void;

/**
 * A subscription that tells at most once in so many milliseconds. The first answers of a record come within a moment of
 * each other, and drawing the whole page for each of them would put off the first rows (T12). Once `isWhole` says that all of
 * them are here there is nothing left to wait for: it tells at once, that first time.
 */
export function together(subscribe: Subscribe, ms: number, isWhole: () => boolean = () => false): Subscribe {
  return (listener) => {
    let due: ReturnType<typeof setTimeout> | undefined;
    let whole = isWhole();
    const tell = () => {
      clearTimeout(due);
      due = undefined;
      listener();
    };
    const leave = subscribe(() => {
      if (!whole && isWhole()) {
        whole = true;
        tell();
      } else due ??= setTimeout(tell, ms);
    });
    return () => {
      clearTimeout(due);
      leave();
    };
  };
}
