import { memo } from 'react';
import { groundsUnder, type Ground } from '../../timeline/overview/grounds.ts';
import type { OverviewLane } from '../../timeline/overview/lanes.ts';
import { type LaneMarks, marksOf } from '../../timeline/overview/marks.ts';
import type { Span } from '../../timeline/overview/months.ts';
import { laneColours } from './lane-colours.ts';
import { digitWidth, shapesOf } from './lane-shapes.ts';

export interface LanesPlotProps {
  lanes: readonly OverviewLane[];
  span: Span;
  /** Epoch milliseconds. */
  now: number;
  grounds: readonly Ground[];
  /** CSS pixels. */
  width: number;
  height: number;
}

/** A count of three digits needs this room, CSS pixels; and there are never more steps than this: few are drawn (T12). */
const countWidth = 17;
const mostSteps = 36;
const mostMarkHeight = 12;

/**
 * The lanes over time, drawn anew only when what they show has changed: never while the list scrolls. For the eye alone;
 * the same is said by the slider, the buttons and the table.
 */
export const LanesPlot = memo(function LanesPlot({ lanes, span, now, grounds, width, height }: LanesPlotProps) {
  // Remembered whole, by memo: its parts need not be.
  'use no memo';
  const length = span.to - span.from;
  const scale = (instant: number) => ((instant - span.from) / length) * width;
  const lane = height / Math.max(1, lanes.length);
  const mark = Math.min(mostMarkHeight, lane - 1.5);
  const marks = marksWithRoom(lanes, span, width);
  const today = scale(now);
  return (
    <>
      {today < width && (
        <div
          className="absolute inset-y-0 right-0 bg-future"
          style={{ left: Math.max(0, today) }}
          data-testid="overview-future"
        />
      )}
      {lanes.map((its, index) =>
        groundsUnder(grounds, its.lane).map((ground) => (
          <Hatch
            key={`${its.lane} ${ground.kind} ${ground.what}`}
            {...{ ground, scale, width }}
            top={index * lane}
            height={lane}
          />
        )),
      )}
      <svg width={width} height={height} className="absolute inset-0 block" aria-hidden="true" focusable="false">
        <path
          d={lanes.map((_, index) => (index === 0 ? '' : `M0 ${Math.round(index * lane) - 0.5}H${width}`)).join('')}
          className="stroke-line"
        />
        {lanes.map((its, index) => {
          const { mark: fill, tint, ink } = laneColours[its.lane];
          const top = index * lane + (lane - mark) / 2;
          const shapes = shapesOf(marks[index] ?? noMarks, scale, top, mark);
          return (
            <g key={its.lane} data-lane={its.lane}>
              <path d={shapes.crowds} className={`${tint} stroke-0 forced-colors:fill-[Canvas]`} />
              <path
                d={shapes.bodies}
                className={`${tint} forced-colors:fill-[Canvas] forced-colors:stroke-[CanvasText]`}
              />
              <path
                d={`${shapes.crowdLines}${shapes.points}${shapes.caps}`}
                className={`${fill} forced-colors:fill-[CanvasText]`}
              />
              <text
                x={shapes.digitPlaces}
                y={top + mark / 2 + 3.2}
                className={`${ink} stroke-card stroke-2 text-[9px] font-bold [paint-order:stroke] forced-colors:fill-[CanvasText] forced-colors:stroke-[Canvas]`}
              >
                {shapes.digits}
              </text>
            </g>
          );
        })}
        {today >= 0 && today <= width && (
          <path
            d={`M${Math.round(today)} 0V${height}`}
            className="stroke-now stroke-2 forced-colors:stroke-[CanvasText]"
          />
        )}
      </svg>
    </>
  );
});

const noMarks: LaneMarks = { points: [], crowds: [], bars: [] };

/** What the lanes draw, in steps wide enough for the greatest count among them. */
function marksWithRoom(lanes: readonly OverviewLane[], span: Span, width: number): LaneMarks[] {
  const marksIn = (room: number) => lanes.map((lane) => marksOf(lane, span, ((span.to - span.from) / width) * room));
  const room = Math.max(countWidth, width / mostSteps);
  const marks = marksIn(room);
  const most = Math.max(0, ...marks.flatMap(({ crowds }) => crowds.map(({ count }) => count)));
  const needed = String(most).length * digitWidth + 2;
  // Wider steps hold greater counts: room for one digit more.
  return needed <= room ? marks : marksIn(needed + digitWidth);
}

/** Grey lines where nobody connected holds anything; the colours of a gap where something was not read. */
const unheld = 'bg-[repeating-linear-gradient(135deg,transparent_0_4px,var(--color-control)_4px_5px)] opacity-60';
/** In forced colours grounds go; the hatching is what tells it, and stays. */
const forced =
  'forced-colors:forced-color-adjust-none forced-colors:bg-[repeating-linear-gradient(135deg,transparent_0_4px,CanvasText_4px_5px)]!';

interface HatchProps {
  ground: Ground;
  scale: (instant: number) => number;
  width: number;
  top: number;
  height: number;
}

/** Ground of which nobody knows what happened on it (T3). */
function Hatch({ ground, scale, width, top, height }: HatchProps) {
  'use no memo';
  const left = Math.max(0, scale(ground.from));
  const right = Math.min(width, scale(ground.to));
  if (right - left < 1) return null;
  return (
    <div
      data-ground={ground.kind}
      className={`absolute ${forced} ${ground.kind === 'not-held' ? unheld : 'gap-ground'}`}
      style={{ left, top, width: right - left, height: height + 0.5 }}
    />
  );
}
