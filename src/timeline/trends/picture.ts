import type { Origin, Reading, Value } from './reading.ts';
import { type Axis, place, timeAxis, valueAxis } from './scale.ts';
import type { StatedRange } from './stated-range.ts';

/** Room for the picture, in CSS pixels. */
export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Dot {
  reading: Reading;
  value: Value;
  x: number;
  y: number;
  /** Where a span ends; the same as `x` for what was taken at one time. */
  xEnd: number;
}

/** A range that neighbouring readings share, as their source states it. */
export interface Band {
  range: StatedRange;
  x: number;
  xEnd: number;
  /** Upper and lower edge; the frame's own edge where the range is open or lies outside the picture. */
  y: number;
  yEnd: number;
  lowDrawn: boolean;
  highDrawn: boolean;
}

/** A series laid out: where everything stands, and nothing about how it looks. */
export interface Picture {
  values: Axis;
  times: Axis;
  nowX: number;
  dots: Dot[];
  /** The numbers of one reading that belong together (a blood pressure). */
  pairs: { key: string; x: number; y: number; yEnd: number }[];
  /** Lines through exact values of one origin, in order; a limit or a span breaks them. */
  lines: { key: string; origin: Origin; points: [number, number][] }[];
  bands: Band[];
  /** True when ranges were stated and none of them reaches into the picture: that is said in words. */
  rangeOutside: boolean;
}

/** Lays readings out in a frame, from `from` to `now` (epoch milliseconds). At least one reading. */
export function pictureOf(
  readings: readonly [Reading, ...Reading[]],
  frame: Frame,
  from: number,
  now: number,
): Picture {
  const all = readings.flatMap(({ values }) => values);
  const bounds = all.flatMap(({ range }) => [range?.low, range?.high]).filter((bound) => bound !== undefined);
  const values = valueAxis(
    all.map(({ value }) => value),
    bounds,
  );
  const inner = frame.width - frame.left - frame.right;
  const times = timeAxis(from, now, Math.max(2, Math.floor(inner / 70)));
  // What began before the picture does is drawn from its edge.
  const x = (at: number) => place(Math.max(at, from), times, frame.left, frame.width - frame.right);
  const y = (value: number) => place(value, values, frame.height - frame.bottom, frame.top);
  const dots = readings.flatMap((reading) =>
    reading.values.map((value) => ({
      reading,
      value,
      x: x(reading.span.start),
      xEnd: x(reading.span.end),
      y: y(value.value),
    })),
  );
  const bands = bandsOf(readings, values, x, y, frame);
  return {
    values,
    times,
    nowX: x(now),
    dots,
    pairs: readings.flatMap(({ key, values: [first, second], span }) =>
      second === undefined ? [] : [{ key, x: x(span.start), y: y(first.value), yEnd: y(second.value) }],
    ),
    lines: linesOf(dots),
    bands,
    rangeOutside: bands.length === 0 && readings.some(hasOneRange),
  };
}

/** The two numbers of a pressure have two ranges: they are told in words. */
function hasOneRange({ values: [value, second] }: Reading): boolean {
  return value.range !== undefined && second === undefined;
}

function linesOf(dots: readonly Dot[]): Picture['lines'] {
  const lines: Picture['lines'] = [];
  const open = new Map<string, Picture['lines'][number]>();
  for (const { reading, value, x, xEnd, y } of dots) {
    // A practice's, a ward's and a person's own readings differ by device and moment: one line each.
    const strand = `${reading.origin} ${reading.source} ${value.name}`;
    if (value.bound !== 'exact' || xEnd !== x) {
      open.delete(strand);
      continue;
    }
    const line = open.get(strand);
    if (line === undefined) {
      const begun = { key: `${strand} ${reading.key}`, origin: reading.origin, points: [[x, y] as [number, number]] };
      lines.push(begun);
      open.set(strand, begun);
    } else line.points.push([x, y]);
  }
  return lines.filter(({ points }) => points.length > 1);
}

function bandsOf(
  readings: readonly Reading[],
  axis: Axis,
  x: (at: number) => number,
  y: (value: number) => number,
  frame: Frame,
): Band[] {
  const bands: Band[] = [];
  let last: string | undefined;
  for (const { values, span } of readings) {
    // The two numbers of a pressure have two ranges: they are told in words.
    const range = values.length === 1 ? values[0]?.range : undefined;
    const key = range === undefined ? undefined : `${range.low} ${range.high}`;
    const band = bands.at(-1);
    if (range !== undefined && band !== undefined && key === last) band.xEnd = x(span.end) + 8;
    else if (range !== undefined) {
      const { low, high } = range;
      const [lowDrawn, highDrawn] = [within(low, axis), within(high, axis)];
      const [top, bottom] = [frame.top, frame.height - frame.bottom];
      const upper = Math.min(Math.max(high === undefined ? top : y(high), top), bottom);
      const lower = Math.min(Math.max(low === undefined ? bottom : y(low), top), bottom);
      if (lower > upper) {
        bands.push({ range, x: x(span.start) - 8, xEnd: x(span.end) + 8, y: upper, yEnd: lower, lowDrawn, highDrawn });
      }
    }
    last = key;
  }
  return bands;
}

function within(value: number | undefined, { from, to }: Axis): boolean {
  return value !== undefined && value >= from && value <= to;
}
