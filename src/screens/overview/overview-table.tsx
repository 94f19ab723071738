import { useState } from 'react';
import { formatDate } from '../../timeline/dates.ts';
import { type Entry, type Lane, laneNames } from '../../timeline/entry.ts';
import { yearTable } from '../../timeline/overview/by-year.ts';
import { type Ground, groundSentences, isPartial } from '../../timeline/overview/grounds.ts';
import { spanOf } from '../../timeline/overview/months.ts';
import { count } from '../../timeline/words.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { TitledSheet } from '../titled-sheet.tsx';

export interface OverviewTableProps {
  entries: readonly Entry[];
  /** `Filters hide 12`, where any are: a year that they empty is no year without care. */
  hidden: string | undefined;
  /** The settings that stand in the overview, read or not. */
  lanes: readonly Lane[];
  grounds: readonly Ground[];
  onYear: (year: number) => void;
  onClose: () => void;
}

/** As many stays and services as are listed before a press lists the rest. */
const listedFirst = 50;

/** All that the overview shows, in words and numbers, for everybody: by year and setting, what lasts, and what was not read. */
export function OverviewTable({ entries, hidden, lanes, grounds, onYear, onClose }: OverviewTableProps) {
  const [whole, setWhole] = useState(false);
  const rows = yearTable(entries);
  const { unread, starts } = groundSentences(grounds);
  const lasting = entries.filter(({ lasting }) => lasting);
  const listed = whole ? lasting : lasting.slice(0, listedFirst);
  // All settings fit beside each other on a phone.
  const cell = 'px-1.5 py-1 text-right whitespace-nowrap tabular-nums max-sm:px-0.5';
  return (
    <TitledSheet title="Overview in words" onClose={onClose}>
      <p className="text-sm">
        {count(entries.length, 'entry', 'entries')}, each in the year it began. Booked, missed and cancelled ones are
        counted too.
      </p>
      {hidden !== undefined && <Notice className="mt-2">{hidden} more, which are not counted here.</Notice>}
      {unread.map((words) => (
        <Notice key={words} className="mt-2">
          <Unbroken words={words} />
        </Notice>
      ))}
      <Section title="By year and care setting">
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by key (WCAG 2.1.1) */}
        <div role="region" aria-label="Entries by year and care setting" tabIndex={0} className="overflow-x-auto">
          <table className="w-full border-collapse text-xs [overflow-wrap:normal]">
            <thead className="max-sm:text-[0.6875rem]">
              <tr className="border-b border-control align-bottom">
                <th scope="col" className="py-1 pr-1.5 text-left max-sm:pr-0.5">
                  Year
                </th>
                <th scope="col" className={cell}>
                  All
                </th>
                {lanes.map((lane) => (
                  <th key={lane} scope="col" className="px-1.5 py-1 text-right max-sm:px-0.5">
                    {laneNames[lane]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ year, counts, total }) => (
                <tr key={year ?? 'undated'} className="border-b border-line">
                  <th scope="row" className="py-0.5 pr-1.5 text-left font-normal max-sm:pr-0.5">
                    {year === undefined ? (
                      'Date not known'
                    ) : (
                      <Button look="quiet" className="px-1!" aria-label={`Go to ${year}`} onClick={() => onYear(year)}>
                        {year}
                      </Button>
                    )}
                  </th>
                  <td className={`${cell} font-bold`}>{total}</td>
                  {lanes.map((lane) => (
                    <td key={lane} className={cell}>
                      {counts[lane] ?? 0}
                      {year !== undefined && isPartial(grounds, lane, spanOf({ first: year * 12, months: 12 })) && (
                        <>
                          <span aria-hidden="true">*</span>
                          <VisuallyHidden>, may be incomplete</VisuallyHidden>
                        </>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {grounds.length > 0 && (
          <p className="mt-1 text-xs text-secondary">
            * May be incomplete: not all of that year was read, or the connected records start later.
          </p>
        )}
      </Section>
      {starts.length > 0 && (
        <Section title="How far back the records reach">
          <ul className="text-sm">
            {starts.map((words) => (
              <li key={words} className="py-0.5">
                <Unbroken words={words} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {lasting.length > 0 && (
        <Section title="Stays and services" aside={lasting.length}>
          <ul className="text-sm">
            {listed.map((entry) => (
              <li key={entry.key} className="border-b border-line py-1">
                <span className="block">
                  <Unbroken words={entry.title} />
                </span>
                <span className="text-xs text-secondary">
                  <Unbroken words={`${laneNames[entry.lane]} · ${datesOf(entry)}`} />
                </span>
              </li>
            ))}
          </ul>
          {listed.length < lasting.length && (
            <Button className="mt-2" onClick={() => setWhole(true)}>
              List all {lasting.length}
            </Button>
          )}
        </Section>
      )}
    </TitledSheet>
  );
}

function datesOf({ start, end, state }: Entry): string {
  const from = start === undefined ? 'start not known' : formatDate(start);
  if (end !== undefined) return `${from} to ${formatDate(end)}`;
  return state === 'open' ? `${from} to date` : `${from}, end not known`;
}
