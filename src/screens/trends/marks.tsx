import type { Observation } from 'fhir/r4';
import type { ReactNode } from 'react';
import type { Origin } from '../../timeline/trends/reading.ts';

/** Outline of a mark around the origin, about 10 px across: who took it is told by shape, and in words beside the chart. */
const shapes: Record<Origin, string> = {
  gp: 'M 0 -5 A 5 5 0 1 1 0 5 A 5 5 0 1 1 0 -5 Z',
  laboratory: 'M -4.5 -4.5 H 4.5 V 4.5 H -4.5 Z',
  other: 'M 0 -5.5 L 5.2 4 H -5.2 Z',
  home: 'M 0 -6 L 6 0 L 0 6 L -6 0 Z',
};

export interface MarkProps {
  origin: Origin;
  x: number;
  y: number;
  /** What may still change is drawn hollow, and said. */
  hollow?: boolean;
  /** 1 is about 10 px across. */
  size?: number;
}

/** One measured number. */
export function Mark({ origin, x, y, hollow = false, size = 1 }: MarkProps) {
  return (
    <path
      d={shapes[origin]}
      transform={`translate(${x} ${y}) scale(${size})`}
      className={`stroke-link ${hollow ? 'fill-card' : 'fill-link'} forced-colors:stroke-[CanvasText] ${hollow ? 'forced-colors:fill-[Canvas]' : 'forced-colors:fill-[CanvasText]'}`}
      strokeWidth={1.5}
    />
  );
}

export interface LimitProps {
  x: number;
  y: number;
  /** Which way the true value lies. */
  to: 'below' | 'above';
}

/** A limit (`<15`): a bar at the number and an arrow to where the value lies, never a point (misreading 20). */
export function Limit({ x, y, to }: LimitProps) {
  const way = to === 'below' ? 1 : -1;
  return (
    <path
      d={`M -6 0 H 6 M 0 0 V ${way * 13} M -4 ${way * 8} L 0 ${way * 13} L 4 ${way * 8}`}
      transform={`translate(${x} ${y})`}
      className="fill-none stroke-link forced-colors:stroke-[CanvasText]"
      strokeWidth={2}
    />
  );
}

/** The same shapes beside their words. */
export function Legend({ children, words }: { children: ReactNode; words: string }) {
  return (
    <li className="flex items-center gap-1.5">
      <svg width={18} height={18} viewBox="-9 -9 18 18" aria-hidden="true" focusable="false" className="shrink-0">
        {children}
      </svg>
      {words}
    </li>
  );
}

/** Whether its source may still change it, as far as it says. */
export function mayChange({ status }: Pick<Observation, 'status'>): boolean {
  return !['final', 'amended', 'corrected', 'appended'].includes(status);
}

/** Taken some time within a month, a year or a period: no day of our choosing. */
export function SpanMark({ x, xEnd, y }: { x: number; xEnd: number; y: number }) {
  return (
    <path
      d={`M ${x} ${y - 4} V ${y + 4} M ${x} ${y} H ${xEnd} M ${xEnd} ${y - 4} V ${y + 4}`}
      className="fill-none stroke-link forced-colors:stroke-[CanvasText]"
      strokeWidth={2}
    />
  );
}
