import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { Ground } from '../../timeline/overview/grounds.ts';
import { outlineOf } from '../../timeline/overview/marks.ts';
import { type MonthSpan, spanOf } from '../../timeline/overview/months.ts';
import type { OverviewWindow } from './use-overview-window.ts';
import { useSize } from './use-size.ts';

export interface LifeSliderProps {
  control: OverviewWindow;
  life: MonthSpan;
  /** All points in time, ascending, epoch milliseconds. */
  points: Float64Array;
  grounds: readonly Ground[];
  now: number;
  /** `Nov-2024 to Jan-2027, 57 entries`. */
  words: string;
  describedBy: string;
}

/** Pixels a column of the outline is wide. */
const column = 3;

/**
 * The whole life as a thin bar, and on it, as a slider, the months that stand large above it (WAI-ARIA 1.2, slider):
 * arrows move by a twelfth of them, Page Up and Page Down by all of them, Home to the oldest, End to the newest, plus
 * and minus zoom.
 */
export function LifeSlider({ control, life, points, grounds, now, words, describedBy }: LifeSliderProps) {
  const bar = useRef<HTMLDivElement>(null);
  const { width } = useSize(bar);
  const { window, move, moveTo, zoom } = control;
  const grabbed = useRef(0);
  const span = spanOf(life);
  const share = (instant: number) => Math.min(Math.max((instant - span.from) / (span.to - span.from), 0), 1) * 100;
  const view = spanOf(window);
  const unread = grounds.find(({ lanes }) => lanes === undefined);
  const step = Math.max(1, Math.round(window.months / 12));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by: Record<string, number> = {
      ArrowLeft: -step,
      ArrowDown: -step,
      ArrowRight: step,
      ArrowUp: step,
      PageDown: -window.months,
      PageUp: window.months,
      Home: -Infinity,
      End: Infinity,
    };
    const months = by[event.key];
    if (months !== undefined) move(Math.max(-life.months, Math.min(life.months, months)));
    else if (event.key === '+' || event.key === '=') zoom('in');
    else if (event.key === '-') zoom('out');
    else return;
    event.preventDefault();
  };

  const monthAt = (event: PointerEvent) => {
    const box = bar.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return life.first;
    return life.first + ((event.clientX - box.left) / box.width) * life.months;
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const month = monthAt(event);
    const inside = month >= window.first && month < window.first + window.months;
    // Held where it was taken; a press beside it brings its middle there.
    grabbed.current = inside ? month - window.first : window.months / 2;
    // A finger that comes down may be about to scroll the page.
    if (!inside && event.pointerType !== 'touch') moveTo(Math.round(month - grabbed.current));
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) moveTo(Math.round(monthAt(event) - grabbed.current));
  };

  return (
    <div
      className="relative -mt-3 h-6 touch-pan-y cursor-ew-resize select-none"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerMove}
    >
      <div ref={bar} className="absolute inset-x-0 bottom-0 h-2.5 bg-page forced-colors:border">
        {unread !== undefined && (
          <div className="gap-ground absolute inset-y-0 left-0" style={{ width: `${share(unread.to)}%` }} />
        )}
        <div className="absolute inset-y-0 right-0 bg-future" style={{ left: `${share(now)}%` }} />
        <Outline points={points} span={span} width={width} />
        <div
          className="absolute inset-y-0 w-0.5 bg-now forced-colors:bg-[CanvasText]"
          style={{ left: `${share(now)}%` }}
        />
        <div
          role="slider"
          tabIndex={0}
          aria-label="Months shown in the overview"
          aria-orientation="horizontal"
          aria-valuemin={0}
          aria-valuemax={life.months - window.months}
          aria-valuenow={window.first - life.first}
          aria-valuetext={words}
          aria-describedby={describedBy}
          onKeyDown={onKeyDown}
          className="absolute -inset-y-0.5 min-w-2 rounded-xs border-2 border-now bg-now/15 forced-colors:border-[Highlight]"
          style={{ left: `${share(view.from)}%`, width: `${share(view.to) - share(view.from)}%` }}
        />
      </div>
    </div>
  );
}

function Outline({ points, span, width }: { points: Float64Array; span: { from: number; to: number }; width: number }) {
  const buckets = Math.max(1, Math.floor(width / column));
  const counts = outlineOf(points, span, buckets);
  const most = Math.max(1, ...counts);
  let path = '';
  for (const [index, count] of counts.entries()) {
    // By the square root: one entry beside a hundred is still seen.
    if (count > 0) path += `M${index * column} 10v${-Math.max(2, Math.round(10 * Math.sqrt(count / most)))}h2V10Z`;
  }
  return (
    <svg width={width} height={10} className="absolute inset-0 block" aria-hidden="true" focusable="false">
      <path d={path} className="fill-secondary forced-colors:fill-[CanvasText]" />
    </svg>
  );
}
