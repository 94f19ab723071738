import { useId, useRef } from 'react';
import type { Reading } from '../../timeline/trends/reading.ts';
import { type Dot, type Frame, pictureOf } from '../../timeline/trends/picture.ts';
import { Limit, Mark, mayChange, SpanMark } from './marks.tsx';
import { useWidth } from './use-width.ts';

export interface TrendChartProps {
  name: string;
  readings: readonly [Reading, ...Reading[]];
  /** Start of the picture; it ends now. Epoch milliseconds. */
  from: number;
  now: number;
  selected: Reading;
  onSelect: (reading: Reading) => void;
}

const frameHeight = 210;

/**
 * Readings drawn over time. For eyes only: the slider beneath reads out every point, and the table holds the same data, so
 * that nothing is told by the picture alone (T11).
 */
export function TrendChart({ name, readings, from, now, selected, onSelect }: TrendChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 480);
  const hatch = useId();
  const frame: Frame = { width, height: frameHeight, left: 44, right: 16, top: 18, bottom: 26 };
  const picture = pictureOf(readings, frame, from, now);
  const [right, bottom] = [frame.width - frame.right, frame.height - frame.bottom];

  // Many readings in little room: smaller marks, so that they do not run into each other.
  const size = picture.dots.length > (right - frame.left) / 8 ? 0.6 : 1;

  const nearest = (x: number): Reading | undefined => {
    let found: Dot | undefined;
    for (const dot of picture.dots) if (found === undefined || Math.abs(dot.x - x) < Math.abs(found.x - x)) found = dot;
    return found?.reading;
  };

  return (
    <div ref={box} className="overflow-hidden">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events -- a press picks the nearest point; the slider beneath is the control for keys and screen readers */}
      <svg
        role="img"
        aria-label={`${name}: picture of the readings in the table below`}
        width={width}
        height={frameHeight}
        viewBox={`0 0 ${width} ${frameHeight}`}
        className="block touch-pan-y select-none"
        onClick={(event) => {
          const found = nearest(event.clientX - event.currentTarget.getBoundingClientRect().left);
          if (found !== undefined) onSelect(found);
        }}
      >
        <defs>
          <pattern id={hatch} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line y2={6} className="stroke-control forced-colors:stroke-[CanvasText]" strokeWidth={1} opacity={0.6} />
          </pattern>
        </defs>
        {picture.bands.map((band) => (
          <g key={`${band.x} ${band.y}`}>
            <rect
              x={Math.max(band.x, frame.left)}
              y={band.y}
              width={Math.max(0, Math.min(band.xEnd, right) - Math.max(band.x, frame.left))}
              height={band.yEnd - band.y}
              fill={`url(#${hatch})`}
            />
            {band.highDrawn && <Edge x={Math.max(band.x, frame.left)} xEnd={Math.min(band.xEnd, right)} y={band.y} />}
            {band.lowDrawn && <Edge x={Math.max(band.x, frame.left)} xEnd={Math.min(band.xEnd, right)} y={band.yEnd} />}
          </g>
        ))}
        {picture.values.ticks.map((tick) => {
          const y =
            bottom -
            ((tick.at - picture.values.from) / (picture.values.to - picture.values.from)) * (bottom - frame.top);
          return (
            <g key={tick.words}>
              <line x1={frame.left} x2={right} y1={y} y2={y} className="stroke-line forced-colors:stroke-[GrayText]" />
              <text
                x={frame.left - 6}
                y={y + 4}
                textAnchor="end"
                className="fill-secondary text-[0.6875rem] forced-colors:fill-[CanvasText]"
              >
                {tick.words}
              </text>
            </g>
          );
        })}
        {picture.times.ticks.map((tick) => {
          const { from: first, to: last } = picture.times;
          const x = frame.left + ((tick.at - first) / (last - first)) * (right - frame.left);
          return (
            <g key={tick.at}>
              <line
                x1={x}
                x2={x}
                y1={bottom}
                y2={bottom + 4}
                className="stroke-control forced-colors:stroke-[CanvasText]"
              />
              {x < right - 24 && (
                <text
                  x={x}
                  y={bottom + 17}
                  textAnchor="middle"
                  className="fill-secondary text-[0.6875rem] forced-colors:fill-[CanvasText]"
                >
                  {tick.words}
                </text>
              )}
            </g>
          );
        })}
        <line
          x1={picture.nowX}
          x2={picture.nowX}
          y1={frame.top - 4}
          y2={bottom}
          className="stroke-now forced-colors:stroke-[CanvasText]"
          strokeDasharray="3 3"
        />
        <text
          x={right + 12}
          y={11}
          textAnchor="end"
          className="fill-now text-[0.6875rem] font-bold forced-colors:fill-[CanvasText]"
        >
          now
        </text>
        {picture.dots
          .filter(({ reading }) => reading === selected)
          .slice(0, 1)
          .map(({ reading, x }) => (
            <line
              key={reading.key}
              x1={x}
              x2={x}
              y1={frame.top - 4}
              y2={bottom}
              className="stroke-text forced-colors:stroke-[CanvasText]"
              strokeWidth={1}
            />
          ))}
        {picture.lines.map(({ key, origin, points }) => (
          <polyline
            key={key}
            points={points.map((point) => point.join(',')).join(' ')}
            className="fill-none stroke-link forced-colors:stroke-[CanvasText]"
            strokeWidth={1.5}
            strokeDasharray={origin === 'home' ? '5 4' : undefined}
          />
        ))}
        {picture.pairs.map(({ key, x, y, yEnd }) => (
          <line
            key={key}
            x1={x}
            x2={x}
            y1={y}
            y2={yEnd}
            className="stroke-link forced-colors:stroke-[CanvasText]"
            opacity={0.55}
          />
        ))}
        {picture.dots.map((dot) => (
          <Point
            key={`${dot.reading.key} ${dot.value.name}`}
            dot={dot}
            selected={dot.reading === selected}
            size={size}
          />
        ))}
      </svg>
      {picture.rangeOutside && (
        <p className="text-xs text-secondary">The range stated with these readings lies outside this picture.</p>
      )}
      {picture.bands.length > 0 && (
        <p className="flex items-center gap-1.5 text-xs text-secondary">
          <svg width={18} height={18} viewBox="-9 -9 18 18" aria-hidden="true" focusable="false" className="shrink-0">
            <path
              d="M -8 2 L 2 -8 M -8 8 L 8 -8 M -2 8 L 8 -2"
              className="stroke-control forced-colors:stroke-[CanvasText]"
              strokeWidth={1}
            />
          </svg>
          Hatched: range stated with the reading
        </p>
      )}
    </div>
  );
}

function Edge({ x, xEnd, y }: { x: number; xEnd: number; y: number }) {
  return (
    <line
      x1={x}
      x2={xEnd}
      y1={y}
      y2={y}
      className="stroke-control forced-colors:stroke-[CanvasText]"
      strokeDasharray="2 2"
    />
  );
}

function Point({ dot, selected, size }: { dot: Dot; selected: boolean; size: number }) {
  const { reading, value, x, xEnd, y } = dot;
  return (
    <g>
      {selected && (
        <circle
          cx={(x + xEnd) / 2}
          cy={y}
          r={10}
          className="fill-none stroke-text forced-colors:stroke-[Highlight]"
          strokeWidth={2}
        />
      )}
      {xEnd > x && <SpanMark x={x} xEnd={xEnd} y={y} />}
      {value.bound !== 'exact' && <Limit x={(x + xEnd) / 2} y={y} to={value.bound} />}
      {value.bound === 'exact' && xEnd === x && (
        <Mark origin={reading.origin} x={x} y={y} hollow={mayChange(reading.observation)} size={size} />
      )}
    </g>
  );
}
