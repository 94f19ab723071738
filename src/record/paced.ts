import { streamIds, type RecordReader, type RecordState } from './record-state.ts';

/** Older pages are drawn together, this many milliseconds apart: drawing each would keep the page from answering (T12). */
const paceMs = 400;

/**
 * The record as it is drawn. What is news (a first page, a failure, an end, the person, the sources) shows at once; older
 * pages that only add to what is there show together, a few times a second, while hundreds of them arrive.
 */
export function paced(reader: Pick<RecordReader, 'state' | 'subscribe'>): Pick<RecordReader, 'state' | 'subscribe'> {
  const listeners = new Set<() => void>();
  let shown = reader.state();
  let resting: ReturnType<typeof setTimeout> | undefined;
  let leave: (() => void) | undefined;

  const show = (): void => {
    clearTimeout(resting);
    resting = setTimeout(() => {
      resting = undefined;
      if (reader.state() !== shown) show();
    }, paceMs);
    shown = reader.state();
    for (const listener of listeners) listener();
  };
  const follow = (): void => {
    if (resting === undefined || isNews(shown, reader.state())) show();
  };

  return {
    state: () => shown,
    subscribe(listener) {
      listeners.add(listener);
      leave ??= reader.subscribe(follow);
      // What came between the first drawing and this moment.
      if (reader.state() !== shown) show();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        leave?.();
        leave = undefined;
        clearTimeout(resting);
        resting = undefined;
      };
    },
  };
}

/** Whether anything but older pages came: everything a reader may act on, or is warned by. */
function isNews(before: RecordState, after: RecordState): boolean {
  if (before.patient !== after.patient || before.sourcesRead !== after.sourcesRead) return true;
  if (before.withheld !== after.withheld || before.strangers !== after.strangers) return true;
  if (before.again !== after.again) return true;
  return streamIds.some((id) => {
    const [was, is] = [before.streams[id], after.streams[id]];
    return (
      was.status !== is.status ||
      was.slow !== is.slow ||
      was.failure !== is.failure ||
      (was.pages === 0) !== (is.pages === 0)
    );
  });
}
