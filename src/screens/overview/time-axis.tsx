import type { Tick } from '../../timeline/overview/calendar.ts';
import type { Span } from '../../timeline/overview/months.ts';

export interface TimeAxisProps {
  ticks: readonly Tick[];
  span: Span;
  /** Epoch milliseconds. */
  now: number;
  /** CSS pixels. */
  width: number;
}

/** Room for the word "Now" and for "Future", CSS pixels. */
const nowWidth = 24;
const futureWidth = 36;

/** Years and months under the lanes, and in words what is now and what lies ahead. */
export function TimeAxis({ ticks, span, now, width }: TimeAxisProps) {
  const scale = (instant: number) => ((instant - span.from) / (span.to - span.from)) * width;
  const today = scale(now);
  const withNow = today >= 0 && today <= width;
  const covered = (x: number) => withNow && x > today - nowWidth - 30 && x < today + futureWidth;
  return (
    <div aria-hidden="true" className="relative h-3 text-[0.625rem] leading-3 whitespace-nowrap text-secondary">
      {ticks.map(({ at, label }) => {
        const x = scale(at);
        if (covered(x) || x > width - 30) return null;
        return (
          <span key={at} className="absolute top-0 border-l border-control pl-0.5" style={{ left: x }}>
            {label}
          </span>
        );
      })}
      {withNow && (
        <span
          className="absolute top-0 pr-1 font-bold text-now"
          style={today < nowWidth ? { left: today + 2 } : { right: width - today - 1 }}
        >
          Now
        </span>
      )}
      {withNow && width - today > futureWidth && (
        <span className="absolute top-0 pl-1 text-text" style={{ left: today }}>
          Future
        </span>
      )}
    </div>
  );
}
