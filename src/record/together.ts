type Subscribe = (listener: () => void) => () => void;

/**
 * A subscription that tells at most once in so many milliseconds. The first answers of a record come within a moment of
 * each other, and drawing the whole page for each of them would put off the first rows (T12).
 */
export function together(subscribe: Subscribe, ms: number): Subscribe {
  return (listener) => {
    let due: ReturnType<typeof setTimeout> | undefined;
    const leave = subscribe(() => {
      due ??= setTimeout(() => {
        due = undefined;
        listener();
      }, ms);
    });
    return () => {
      clearTimeout(due);
      leave();
    };
  };
}
