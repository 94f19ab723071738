import type { BarMark, LaneMarks } from '../../timeline/overview/marks.ts';

/** Where an instant lies in the plot, CSS pixels from its left edge. */
export type Scale = (instant: number) => number;

/** What one lane draws, as few shapes: the page stays light however much there is to draw (T12). */
export interface LaneShapes {
  /** SVG path data: points; bodies of bars; their clear starts and ends; grounds of crowds and the lines under them. */
  points: string;
  bodies: string;
  caps: string;
  crowds: string;
  crowdLines: string;
  /** The counts of all crowds digit by digit, and where each digit stands: one text instead of one for each. */
  digits: string;
  digitPlaces: string;
}

const pointWidth = 2;
const leastBar = 3;
/** A digit of 9 px, bold, in the page's type: 0.556 em. */
export const digitWidth = 5;

/** The shapes of a lane between `top` and `top + height`, CSS pixels. */
export function shapesOf(marks: LaneMarks, scale: Scale, top: number, height: number): LaneShapes {
  const bottom = top + height;
  const points = marks.points.map((at) => {
    const x = round(scale(at));
    return `M${x} ${top}h${pointWidth}V${bottom}h${-pointWidth}Z`;
  });
  const bars = marks.bars.map((bar) => barShape(bar, scale, top, height));
  const crowds = marks.crowds.map(({ from, to, count }) => {
    const x = round(scale(from)) + 1;
    return { x, width: Math.max(2, round(scale(to)) - x), digits: Array.from(String(count)) };
  });
  return {
    points: points.join(''),
    bodies: bars.map(({ body }) => body).join(''),
    caps: bars.map(({ caps }) => caps).join(''),
    crowds: crowds.map(({ x, width }) => `M${x} ${top}h${width}V${bottom}h${-width}Z`).join(''),
    crowdLines: crowds.map(({ x, width }) => `M${x} ${bottom - 1}h${width}v1.5h${-width}Z`).join(''),
    digits: crowds.flatMap(({ digits }) => digits).join(''),
    digitPlaces: crowds
      .flatMap(({ x, width, digits }) =>
        digits.map((_, index) => round(x + (width - digits.length * digitWidth) / 2 + index * digitWidth)),
      )
      .join(' '),
  };
}

/** One unbroken body; a cap where it starts and where it ends in view. What is open has no end and points onward. */
function barShape(bar: BarMark, scale: Scale, top: number, height: number): { body: string; caps: string } {
  const thick = Math.max(3, Math.round(height * 0.45));
  const y = bar.track === 0 ? top + height - thick : top;
  const x = round(scale(bar.from));
  const end = Math.max(x + leastBar, round(scale(bar.to)));
  const tip = bar.open ? thick : 0;
  const body = `M${x} ${y}H${end - tip}L${end} ${y + thick / 2}L${end - tip} ${y + thick}H${x}Z`;
  const cap = (at: number) => `M${at} ${y - 1}h2v${thick + 2}h-2Z`;
  const caps = `${bar.starts ? cap(x) : ''}${bar.ends && !bar.open ? cap(end - 2) : ''}`;
  return { body, caps };
}

function round(value: number): number {
  return Math.round(value * 2) / 2;
}
