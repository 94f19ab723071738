import { streamIds, type RecordReader, type RecordState } from './record-state.ts';

/**
 * Older pages are drawn together, this many milliseconds apart: drawing each would keep the page from answering (T12). The
 * longer it goes on the larger the record is that each drawing takes, and the less a few more rows at its far end tell. Nobody has
 * come to the end of the first pages sooner than this.
 */
const firstPaceMs = 800;
const slowestPaceMs = 1_600;
/** A drawing is followed by so many times what the last one took, so that most of the time is left for reading and for the reader. */
const restsPerDrawing = 4;
/** But nobody waits longer than this for older pages that are here. */
const longestRestMs = 6_400;

/** The record as it is drawn; `drawn` is to be told what stands on the page, each time that it is drawn. */
export interface Paced extends Pick<RecordReader, 'state' | 'subscribe'> {
  drawn: (state: RecordState) => void;
}

/**
 * The record as it is drawn. What is news (a first page, a failure, the end of it all, the person, the sources) shows at
 * once; older pages that only add to what is there show together, while hundreds of them arrive.
 */
export function paced(reader: Pick<RecordReader, 'state' | 'subscribe'>): Paced {
  const listeners = new Set<() => void>();
  let shown = reader.state();
  let paceMs = firstPaceMs;
  let resting: ReturnType<typeof setTimeout> | undefined;
  let leave: (() => void) | undefined;
  let shownAt: number | undefined;
  let tookMs = 0;

  const show = (): void => {
    clearTimeout(resting);
    shownAt ??= performance.now();
    resting = setTimeout(
      () => {
        resting = undefined;
        if (reader.state() === shown) return;
        paceMs = Math.min(paceMs * 2, slowestPaceMs);
        show();
      },
      Math.max(paceMs, Math.min(tookMs * restsPerDrawing, longestRestMs)),
    );
    shown = reader.state();
    for (const listener of listeners) listener();
  };
  const follow = (): void => {
    if (resting === undefined || isNews(shown, reader.state())) show();
  };

  return {
    state: () => shown,
    drawn(state) {
      if (shownAt === undefined || state !== shown) return;
      tookMs = performance.now() - shownAt;
      shownAt = undefined;
    },
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
