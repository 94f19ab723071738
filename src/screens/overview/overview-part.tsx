import { useLayoutEffect, useRef } from 'react';
import { lazyPart } from '../lazy-part.tsx';
import type { OverviewProps } from './overview.tsx';

const { Part } = lazyPart<OverviewProps>(async () => (await import('./overview.tsx')).Overview, {
  waiting: 'The overview is on its way.',
  failed: 'The overview could not be shown: a part of this page did not arrive. The list below is not affected.',
  behind: true,
});

/** Pixels of it that stay under the header, so that no row shows through between the two. */
const overlap = 4;

export interface OverviewPartProps extends OverviewProps {
  /** Whether the first rows stand: the code of the overview comes after them (T12). */
  ready: boolean;
  /** Told how many pixels of the window it covers under the header while the list scrolls beneath it. */
  onCover: (pixels: number) => void;
}

/** The overview strip over the list. Its room is kept from the start, so that no row moves when it arrives. */
export function OverviewPart({ ready, onCover, ...props }: OverviewPartProps) {
  'use no memo';
  const strip = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = strip.current;
    const measure = () => {
      if (element === null) return;
      const sticks = getComputedStyle(element).position === 'sticky';
      onCover(sticks ? Math.ceil(element.getBoundingClientRect().height) - overlap : 0);
    };
    measure();
    const observer = new ResizeObserver(() => {
      requestAnimationFrame(measure);
    });
    if (element !== null) observer.observe(element);
    return () => {
      observer.disconnect();
      onCover(0);
    };
  }, [onCover]);
  return (
    <div
      ref={strip}
      className="top-[calc(var(--header-height)-4px)] z-[15] -mt-1 bg-page pt-1 pb-2 [@media(min-height:600px)_and_(min-width:360px)]:sticky"
    >
      <section
        aria-label="Overview"
        id="overview"
        className="min-h-[8rem] rounded-sm border border-line bg-card px-2 pb-1"
      >
        {ready && <Part {...props} />}
      </section>
    </div>
  );
}
