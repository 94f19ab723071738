import { memo } from 'react';
import { laneNames } from '../../timeline/entry.ts';
import type { EntryRow } from '../../timeline/rows.ts';
import { Chip } from '../../ui/chip.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Unbroken } from '../../ui/unbroken.tsx';
import { Found, FoundInDetails } from '../find/found.tsx';
import { laneLooks } from '../lane-look.ts';
import { LaneMark } from '../lane-mark.tsx';
import { entryDate } from './entry-date.ts';
import { sourceLabels } from './source-labels.ts';

export interface EntryRowProps {
  row: EntryRow;
  /** Prefix of the ids that the article is named by. */
  id: string;
  selected: boolean;
  onOpen: (key: string) => void;
}

/**
 * One entry: date and time, setting, title, second line with its facts, cautions, and who says so. Text wraps whole: no
 * phrase is ever cut (misreading 8). A press anywhere on it opens it, for the title's button covers the row.
 */
export const EntryRowView = memo(function EntryRowView({ row, id, selected, onOpen }: EntryRowProps) {
  // Remembered whole, by memo: its parts need not be.
  'use no memo';
  const { entry } = row;
  const date = entryDate(entry);
  const look = laneLooks[entry.lane];
  return (
    <div
      data-selected={selected}
      className={classNames(
        'relative grid grid-cols-[1.5rem_minmax(0,1fr)_fit-content(45%)] gap-x-2 border-t border-r border-l-4 border-line px-2.5 py-1.5 text-sm shadow-[0_1px_0_var(--color-line)]',
        'hover:border-t-control hover:border-r-control @lg:grid-cols-[7.25rem_1.75rem_minmax(0,1fr)_fit-content(10rem)] @lg:gap-x-3 @lg:px-3',
        look.rail,
        selected
          ? 'bg-selected outline-2 -outline-offset-2 outline-link'
          : row.band === 'upcoming'
            ? 'bg-future'
            : 'bg-card',
      )}
    >
      <div
        className="col-start-2 row-start-1 flex flex-wrap items-baseline gap-x-2 self-center @lg:col-start-1 @lg:row-span-2 @lg:block @lg:self-start"
        id={`${id}-date`}
      >
        <span className="sr-only">{date.spoken}</span>
        <span aria-hidden="true" className="font-bold">
          <Unbroken words={date.day} />
        </span>
        {date.time !== undefined && (
          <span aria-hidden="true" className="text-xs text-secondary @lg:block">
            <Unbroken words={date.time} />
          </span>
        )}
      </div>
      <div className="col-start-1 row-start-1 @max-lg:[&>span]:size-6 @lg:col-start-2 @lg:row-span-2">
        <LaneMark lane={entry.lane} />
      </div>
      <h3 className="col-span-3 min-w-0 text-[0.9375rem] leading-5 max-sm:mt-0.5 @lg:col-span-1 @lg:col-start-3 @lg:row-start-1">
        <button
          type="button"
          tabIndex={-1}
          id={`${id}-title`}
          onClick={() => onOpen(entry.key)}
          className="text-left after:absolute after:inset-0"
        >
          <Found words={entry.title} />
        </button>
      </h3>
      <p className="col-start-3 row-start-1 flex flex-wrap items-start justify-end gap-1 @lg:col-start-4">
        {sourceLabels(entry).map((label) => (
          <Chip key={label} look="quiet">
            {label}
          </Chip>
        ))}
      </p>
      <p className="col-span-3 min-w-0 text-secondary @max-sm:text-[0.8125rem] @max-sm:leading-4.5 @lg:col-span-2 @lg:col-start-3">
        <span className={`font-bold ${look.ink}`}>{laneNames[entry.lane]}</span>
        {/* The dot stays with what it follows: no line begins with one. */}
        <Found words={[...entry.detail, ...entry.facts].map((words) => `\u00a0· ${words}`).join('')} />
      </p>
      {(entry.news !== undefined || entry.unsure !== undefined || entry.cautions.length > 0) && (
        <p className="col-span-3 mt-1 flex flex-wrap gap-1 @lg:col-span-2 @lg:col-start-3">
          {entry.news !== undefined && (
            <Chip look="news" icon="news">
              {entry.news.words}
            </Chip>
          )}
          {entry.unsure !== undefined && (
            <Chip look="caution" icon="warning">
              Possibly the same as another entry
            </Chip>
          )}
          {entry.cautions.map((caution) => (
            <Chip key={caution} look="caution" icon="warning">
              <Found words={caution} />
            </Chip>
          ))}
        </p>
      )}
      <FoundInDetails entry={entry} />
    </div>
  );
});
