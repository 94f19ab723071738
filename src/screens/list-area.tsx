import { useCallback, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import type { Search } from '../timeline/search.ts';
import { useFixedHeight } from '../ui/use-fixed-height.ts';
import { Feed, type FeedProps } from './feed/feed.tsx';
import { FeedKeys } from './find/feed-keys.tsx';
import { OverviewPart, type OverviewPartProps } from './overview/overview-part.tsx';

export interface ListAreaProps extends Omit<FeedProps, 'headerHeight'> {
  /** What stays over the list at the top of the window. */
  header: RefObject<HTMLElement | null>;
  /** The overview strip; undefined where it is folded away. */
  overview: Omit<OverviewPartProps, 'onCover'> | undefined;
  /** What rows mark. */
  search: Search | undefined;
  /** What stands between the strip and the list. */
  children: ReactNode;
}

/**
 * The overview strip and the list, beneath the fixed header. How much of the window header and strip cover is known here and no
 * further up, so that measuring them draws the list anew and not the whole page (T12). It is written for the style sheet once
 * everything has been measured: a change there styles the page anew.
 */
export function ListArea({ header, overview, search, children, ...feed }: ListAreaProps) {
  'use no memo';
  const headerHeight = useFixedHeight(header);
  const [covered, setCovered] = useState(0);
  const told = useRef(0);
  const onCover = useCallback((pixels: number) => {
    told.current = pixels;
    setCovered(pixels);
  }, []);
  useOverviewHeight(told);
  return (
    <>
      {overview !== undefined && <OverviewPart {...overview} onCover={onCover} />}
      {children}
      <FeedKeys search={search}>
        <Feed {...feed} headerHeight={headerHeight + covered} />
      </FeedKeys>
    </>
  );
}

/** Keeps what the strip covers in `--overview-height`, CSS pixels, as it stands after each drawing. */
function useOverviewHeight(pixels: RefObject<number>): void {
  'use no memo';
  const written = useRef(0);
  useLayoutEffect(() => {
    if (written.current === pixels.current) return;
    written.current = pixels.current;
    document.documentElement.style.setProperty('--overview-height', `${pixels.current}px`);
  });
  useLayoutEffect(() => () => void document.documentElement.style.removeProperty('--overview-height'), []);
}
