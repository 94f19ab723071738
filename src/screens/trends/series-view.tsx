import { useId, useState } from 'react';
import type { Reading } from '../../timeline/trends/reading.ts';
import { latestOf, type Series } from '../../timeline/trends/series.ts';
import { count } from '../../timeline/words.ts';
import { Button } from '../../ui/button.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';
import { mayChange, Legend, Limit, Mark, SpanMark } from './marks.tsx';
import { originWords, readingSentence } from './reading-words.ts';
import { TrendChart } from './trend-chart.tsx';
import { TrendTable } from './trend-table.tsx';

export interface SeriesViewProps {
  series: Series;
  /** Start of the picture; earlier readings stand in the table alone. Epoch milliseconds. */
  from: number;
  now: number;
}

/** One measurement in one unit: its picture, a slider that reads out each point, what the marks mean, and its table. */
export function SeriesView({ series, from, now }: SeriesViewProps) {
  const id = useId();
  const { name, unit, readings } = series;
  const title = `${name} (${unit ?? 'unit not stated'})`;
  const [first, ...more] = readings.filter(({ span }) => span.end >= from);
  const [picked, setPicked] = useState<Reading>();
  const shown = first === undefined ? [] : [first, ...more];
  const selected = shown.find(({ key }) => key === picked?.key) ?? shown.at(-1) ?? latestOf(series);
  const earlier = readings.length - shown.length;
  return (
    <section aria-labelledby={id} className="mt-4 border-t border-line pt-3">
      <h3 id={id} className="text-base">
        {title}
      </h3>
      <p className="text-xs text-secondary">
        {count(readings.length, 'reading')}
        {earlier > 0 && `, ${earlier} of them earlier than this picture`}
      </p>
      {first === undefined ? (
        <p className="text-sm">No readings in this time. Those before it are in the table.</p>
      ) : (
        <>
          <TrendChart
            name={title}
            readings={[first, ...more]}
            from={from}
            now={now}
            selected={selected}
            onSelect={setPicked}
          />
          <Steps title={title} readings={shown} selected={selected} onSelect={setPicked} />
          <Marks readings={shown} />
        </>
      )}
      <TrendTable name={title} unit={unit} readings={readings} />
    </section>
  );
}

interface StepsProps {
  title: string;
  readings: readonly Reading[];
  selected: Reading;
  onSelect: (reading: Reading) => void;
}

/** Moves from reading to reading, by key, by touch and by press; what is picked stands in full words. */
function Steps({ title, readings, selected, onSelect }: StepsProps) {
  const place = readings.indexOf(selected);
  const go = (to: number) => {
    const reading = readings[to];
    if (reading !== undefined) onSelect(reading);
  };
  const words = readingSentence(selected);
  return (
    <div className="mt-1">
      {readings.length > 1 && (
        <div className="flex items-center gap-2">
          <Button aria-label={`Earlier reading of ${title}`} disabled={place <= 0} onClick={() => go(place - 1)}>
            Earlier
          </Button>
          <input
            type="range"
            min={1}
            max={readings.length}
            step={1}
            value={place + 1}
            onChange={(event) => go(Number(event.currentTarget.value) - 1)}
            aria-label={`Readings of ${title}`}
            aria-valuetext={words}
            className="h-7 min-w-0 flex-1 accent-action max-sm:h-11"
          />
          <Button
            aria-label={`Later reading of ${title}`}
            disabled={place >= readings.length - 1}
            onClick={() => go(place + 1)}
          >
            Later
          </Button>
        </div>
      )}
      <p className="mt-1 min-h-10 text-sm">
        <Unbroken words={words} />
      </p>
    </div>
  );
}

/** What the marks in this picture mean, only those that stand in it. */
function Marks({ readings }: { readings: readonly Reading[] }) {
  const origins = [...new Set(readings.map(({ origin }) => origin))];
  const values = readings.flatMap((reading) => reading.values);
  return (
    <ul aria-label="What the marks mean" className="flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-secondary">
      {origins.map((origin) => (
        <Legend key={origin} words={originWords[origin]}>
          <Mark origin={origin} x={0} y={0} />
        </Legend>
      ))}
      {readings.some(({ observation }) => mayChange(observation)) && (
        <Legend words="Hollow: not final">
          <Mark origin={origins[0] ?? 'other'} x={0} y={0} hollow />
        </Legend>
      )}
      {values.some(({ bound }) => bound === 'below') && (
        <Legend words="The value lies below this limit">
          <Limit x={0} y={-6} to="below" />
        </Legend>
      )}
      {values.some(({ bound }) => bound === 'above') && (
        <Legend words="The value lies above this limit">
          <Limit x={0} y={6} to="above" />
        </Legend>
      )}
      {readings.some(({ span }) => span.end > span.start) && (
        <Legend words="Some time within this span">
          <SpanMark x={-8} xEnd={8} y={0} />
        </Legend>
      )}
    </ul>
  );
}
