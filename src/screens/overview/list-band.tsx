import type { RefObject } from 'react';
import type { Span } from '../../timeline/overview/months.ts';
import type { FeedHandle } from '../feed/feed.tsx';
import { useShown } from './use-shown.ts';

export interface ListBandProps {
  feed: RefObject<FeedHandle | null>;
  folded: number;
  now: number;
  span: Span;
  /** CSS pixels. */
  width: number;
}

const leastWidth = 7;

/** The band over the lanes that shows what the list shows. Only it moves while the list scrolls. */
export function ListBand({ feed, folded, now, span, width }: ListBandProps) {
  const shown = useShown(feed, folded, now);
  if (shown?.band === undefined || shown.band.top < span.from || shown.band.bottom >= span.to) return null;
  const scale = (instant: number) => Math.min(Math.max((instant - span.from) / (span.to - span.from), 0), 1) * width;
  const right = Math.max(scale(shown.band.top), leastWidth / 2);
  const left = Math.min(scale(shown.band.bottom), width - leastWidth);
  const wide = Math.max(leastWidth, right - left);
  return (
    <div
      data-testid="overview-band"
      className="pointer-events-none absolute inset-y-0 left-0 border border-text bg-text/10"
      style={{ width: wide, transform: `translateX(${Math.min(left, width - wide)}px)` }}
    />
  );
}

export type OutOfViewProps = Pick<ListBandProps, 'feed' | 'folded' | 'now'> & { where: 'above' | 'below' };

/** How many rows lie out of view, above or below (T5). */
export function OutOfView({ feed, folded, now, where }: OutOfViewProps) {
  const shown = useShown(feed, folded, now);
  if (shown === undefined) return null;
  return <>{where === 'above' ? `${shown.above} further up` : `${shown.below} further down`}</>;
}
