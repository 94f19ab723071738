import { streamIds, type RecordReader, type RecordState } from './record-state.ts';

/**
 * Older pages are drawn together, this many milliseconds apart: drawing each would keep the page from answering (T12). The
 * longer it goes on the larger the record is that each drawing takes, and the less a few more rows at its far end tell.
 */
const firstPaceMs = 400;
const slowestPaceMs = 1_600;

/**
 * The record as it is drawn. What is news (a first page, a failure, the end of it all, the person, the sources) shows at
 * once; older pages that only add to what is there show together, while hundreds of them arrive.
 */
export function paced(reader: Pick<RecordReader, 'state' | 'subscribe'>): Pick<RecordReader, 'state' | 'subscribe'> {
  const listeners = new Set<() => void>();
  let shown = reader.state();
  let paceMs = firstPaceMs;
  let resting: ReturnType<typeof setTimeout> | undefined;
  let leave: (() => void) | undefined;

  const show = (): void => {
    clearTimeout(resting);
    resting = setTimeout(() => {
      resting = undefined;
      if (reader.state() === shown) return;
      paceMs = Math.min(paceMs * 2, slowestPaceMs);
      show();
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

/**
 * Whether anything but older pages came: everything a reader may act on, or is warned by. That one stream has ended while
 * others go on is no more than its last page.
 */
function isNews(before: RecordState, after: RecordState): boolean {
  if (before.patient !== after.patient || before.sourcesRead !== after.sourcesRead) return true;
  if (before.withheld !== after.withheld || before.strangers !== after.strangers) return true;
  if (before.again !== after.again) return true;
  const goesOn = streamIds.some((id) => after.streams[id].status === 'loading');
  return streamIds.some((id) => {
    const [was, is] = [before.streams[id], after.streams[id]];
    return (
      (was.status !== is.status && !(goesOn && is.status === 'complete')) ||
      was.slow !== is.slow ||
      was.failure !== is.failure ||
      (was.pages === 0) !== (is.pages === 0)
    );
  });
}
