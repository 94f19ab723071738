import { useState } from 'react';
import type { Reading, Unusable } from '../../timeline/trends/reading.ts';
import { formatDateTime } from '../../timeline/dates.ts';
import { Button } from '../../ui/button.tsx';
import { readingWords } from './reading-words.ts';

/** So many of the newest stand open; the rest is one press away, and counted. */
const openRows = 8;

export interface TrendTableProps {
  name: string;
  /** All of one unit; undefined where none was stated. */
  unit: string | undefined;
  /** Oldest first. */
  readings: readonly Reading[];
}

/** The same data as the picture, newest first: date, value, and all that its source says of it (T11). */
export function TrendTable({ name, unit, readings }: TrendTableProps) {
  const [all, setAll] = useState(false);
  const newestFirst = readings.toReversed();
  const rows = all ? newestFirst : newestFirst.slice(0, openRows);
  return (
    <>
      <table className="mt-2 w-full border-collapse text-sm">
        <caption className="sr-only">
          {name}, {readings.length} readings, newest first
        </caption>
        <thead>
          <tr className="border-b border-control text-left text-xs text-secondary">
            <th scope="col" className="py-1 pr-3 font-normal">
              Taken
            </th>
            <th scope="col" className="py-1 pr-3 font-normal">
              {unit ?? 'Value'}
            </th>
            <th scope="col" className="py-1 font-normal">
              As stated by its source
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((reading) => (
            <Row key={reading.key} reading={reading} />
          ))}
        </tbody>
      </table>
      {rows.length < readings.length && (
        <Button className="mt-1" onClick={() => setAll(true)}>
          Show all {readings.length} readings
        </Button>
      )}
    </>
  );
}

function Row({ reading }: { reading: Reading }) {
  const { when, grave, said, range, who } = readingWords(reading);
  const parts = [...said, range === undefined ? undefined : `range ${range}`, who].filter(
    (words) => words !== undefined,
  );
  return (
    <tr className="border-b border-line align-top">
      <th scope="row" className="py-1 pr-3 text-left font-normal sm:whitespace-nowrap">
        {when}
      </th>
      <td className="py-1 pr-3 font-bold">{reading.number}</td>
      <td className="py-1">
        {grave.length > 0 && <b>{grave.join(', ')}</b>}
        {grave.length > 0 && ' · '}
        {parts.join(' · ')}
      </td>
    </tr>
  );
}

/** What was sent and cannot be drawn, each with why. */
export function NotDrawn({ unusable }: { unusable: readonly Unusable[] }) {
  if (unusable.length === 0) return null;
  return (
    <section aria-label="Not in the picture" className="mt-4">
      <h3 className="text-sm text-secondary">Not in the picture: {unusable.length}</h3>
      <ul className="text-sm">
        {unusable.map(({ key, name, taken, reason, source }) => (
          <li key={key} className="border-b border-line py-1 last:border-b-0">
            <b>{name}</b>
            {` · ${taken === undefined ? 'Date not recorded' : formatDateTime(taken)} · ${reason} · ${source}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
