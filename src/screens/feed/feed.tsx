import { useWindowVirtualizer, windowScroll } from '@tanstack/react-virtual';
import {
  useCallback,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type Ref,
} from 'react';
import { placeAt } from '../../timeline/overview/shown.ts';
import { EntryRowView } from './entry-row.tsx';
import { estimatedHeight } from './estimated-height.ts';
import type { FeedItem } from './group-rows.ts';
import { LeadRowView } from './lead-row.tsx';
import { moveFor } from './moves.ts';
import { usePlaceKept } from './use-place-kept.ts';
import { useOverscan } from './use-overscan.ts';
import { useShownRows, type WatchShown } from './use-shown-rows.ts';
import { useTopOf } from './use-top-of.ts';

/** What the page around it may ask of the feed. */
export interface FeedHandle {
  /** Puts focus on an entry's row, wherever it is; on today's when there is no such row. */
  focusEntry(entryKey: string | undefined): void;
  /**
   * Scrolls to the first row at or before an instant, `now` being the page's present (epoch milliseconds both). Focus stays
   * where it is; Tab enters the feed at that row from then on.
   */
  showInstant(instant: number, now: number): void;
  /** Tells which rows are in view, now and whenever that changes, until the answer is called. */
  watchShown: WatchShown;
}

export interface FeedProps {
  items: readonly FeedItem[];
  /** Entry rows in all, or -1 while more are loading (WAI-ARIA 1.2, aria-setsize). */
  setSize: number;
  /** Key of the entry that is open, if one is. */
  openKey: string | undefined;
  /** Pixels fixed at the top of the window. */
  headerHeight: number;
  onOpen: (entryKey: string) => void;
  onRetry: (stream: string) => void;
  /** Closes what is open: Esc in the feed does it too. */
  onClose: () => void;
  ref?: Ref<FeedHandle>;
}

/**
 * The timeline as a feed of articles (WAI-ARIA 1.2, feed), of which only those near the window are in the page (T12).
 * One article takes Tab; keys move between them only while the feed has focus (T11), and the one with focus stays in the
 * page however far the window scrolls.
 */
export function Feed({ items, setSize, openKey, headerHeight, onOpen, onRetry, onClose, ref }: FeedProps) {
  // The compiler would remember what the virtualizer says, and the list would stand still.
  'use no memo';
  const list = useRef<HTMLDivElement>(null);
  const [activeKey, setActiveKey] = useState<string>();
  const focusPending = useRef(false);
  const top = useTopOf(list, halfWindow);
  const [initialRect] = useState(windowSize);
  const overscan = useOverscan(items.length > 0);
  // Where the page itself last put the window: anywhere else, it was the reader who scrolled.
  const scrolledTo = useRef(0);
  const rememberScroll = () => {
    scrolledTo.current = window.scrollY;
  };
  const readerScrolled = () => Math.abs(window.scrollY - scrolledTo.current) >= 1;

  // Asked for all rows below whenever one of them has been measured.
  const heights = useMemo(() => items.map(estimatedHeight), [items]);
  // The same as long as the items are: by it the virtualizer sees whether all it worked out still holds.
  const getItemKey = useCallback((index: number) => items[index]?.key ?? index, [items]);
  const known = activeKey === undefined ? -1 : items.findIndex((item) => item.key === activeKey);
  const active = known >= 0 ? known : todayIndex(items);

  // oxlint-disable-next-line react/incompatible-library -- not remembered here; the hook it is passed to reads it in effects only
  const virtualizer = useWindowVirtualizer({
    count: items.length,
    estimateSize: (index) => heights[index] ?? 0,
    getItemKey,
    scrollToFn: (offset, options, instance) => {
      windowScroll(offset, options, instance);
      rememberScroll();
    },
    overscan,
    // Known before anything is measured, so that the first drawing of the page has its rows.
    initialRect,
    scrollMargin: top,
    scrollPaddingStart: headerHeight + 8,
    scrollPaddingEnd: 8,
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const first = Math.max(0, startIndex - overscan);
      const last = Math.min(count - 1, endIndex + overscan);
      const shown = Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => first + offset);
      if (active < 0 || active >= count || (active >= first && active <= last)) return shown;
      return active < first ? [active, ...shown] : [...shown, active];
    },
  });
  const letGo = usePlaceKept({ list, virtualizer, items, top, headerHeight, rememberScroll, readerScrolled });

  const watchShown = useShownRows(virtualizer, items, headerHeight);

  /** Puts focus on a row that is in the page; answers which row that is. */
  const focusRow = (key: string) => {
    const row = list.current?.querySelector<HTMLElement>(`article[data-key="${CSS.escape(key)}"]`);
    row?.focus({ preventScroll: true });
    return row;
  };

  const focusIndex = (index: number) => {
    const item = items[index];
    if (item === undefined) return;
    setActiveKey(item.key);
    letGo();
    virtualizer.scrollToIndex(index, { align: 'auto' });
    // A row far away, or behind a sheet that closes, takes focus when it next can; one that was active before may see
    // no change that draws it again, and takes it now.
    const row = focusRow(item.key);
    focusPending.current = row !== document.activeElement;
  };

  useLayoutEffect(() => {
    if (!focusPending.current || activeKey === undefined) return;
    if (focusRow(activeKey) !== null) focusPending.current = false;
  });

  useImperativeHandle(ref, () => ({
    focusEntry(entryKey) {
      const index = items.findIndex((item) => item.row.entry.key === entryKey);
      focusIndex(index >= 0 ? index : todayIndex(items));
    },
    showInstant(instant, now) {
      const index = placeAt(items, instant, now);
      const item = items[index];
      if (item === undefined) return;
      letGo();
      if (!list.current?.contains(document.activeElement)) setActiveKey(item.key);
      // Above the first row stand the bookings' own heading and what else the page opens with.
      if (index === 0) virtualizer.scrollToOffset(0);
      else virtualizer.scrollToIndex(index, { align: 'start' });
    },
    watchShown,
  }));

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const article = (event.target as HTMLElement).closest('article');
    if (article === null) return;
    const index = Number(article.dataset['index']);
    if (event.key === 'Enter' && event.target === article) {
      event.preventDefault();
      const item = items[index];
      if (item !== undefined) onOpen(item.row.entry.key);
      return;
    }
    if (event.key === 'Escape' && openKey !== undefined) onClose();
    const next = moveFor(event.key, index, items.length);
    if (next === undefined) return;
    event.preventDefault();
    focusIndex(next);
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the feed pattern: keys move between its articles
    <div
      ref={list}
      // A feed has articles, or is about to have them; without any it is no feed (WAI-ARIA 1.2, required owned elements).
      role={items.length === 0 && setSize !== -1 ? 'group' : 'feed'}
      aria-busy={items.length === 0 && setSize === -1 ? true : undefined}
      aria-label="Timeline"
      id="timeline"
      className="@container relative"
      style={{ height: virtualizer.getTotalSize() }}
      onKeyDown={onKeyDown}
      onFocus={(event) => setActiveKey(event.target.closest('article')?.dataset['key'])}
    >
      {virtualizer.getVirtualItems().map(({ index, start }) => {
        const item = items[index];
        if (item === undefined) return null;
        const id = `row-${item.key}`;
        return (
          <article
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={index}
            data-key={item.key}
            aria-posinset={item.row.position}
            aria-setsize={setSize}
            aria-labelledby={`${id}-title ${id}-date`}
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an article of a feed takes focus (WAI-ARIA 1.2, feed)
            tabIndex={index === active ? 0 : -1}
            className="absolute inset-x-0 top-0 focus-visible:z-10"
            style={{ transform: `translateY(${start - top}px)` }}
          >
            {item.lead.map((row) => (
              <LeadRowView key={row.key} row={row} onRetry={onRetry} />
            ))}
            <EntryRowView row={item.row} id={id} selected={item.row.entry.key === openKey} onOpen={onOpen} />
          </article>
        );
      })}
    </div>
  );
}

/** What stands above the list takes about that much: as many rows are drawn at first as there will be room for. */
const halfWindow = () => window.innerHeight / 2;

const windowSize = () => ({ width: window.innerWidth, height: window.innerHeight });

/** Where Tab enters: the first row under the Now line, since the page opens at today. */
function todayIndex(items: readonly FeedItem[]): number {
  const index = items.findIndex((item) => item.row.band !== 'upcoming');
  return index >= 0 ? index : items.length - 1;
}
