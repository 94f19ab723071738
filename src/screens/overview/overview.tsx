import { useId, useMemo, useRef, useState, type PointerEvent, type RefObject } from 'react';
import type { RecordState } from '../../record/record-state.ts';
import { hiderOf, hideWords } from '../../timeline/completeness/find-notices.ts';
import { type Entry, laneNames } from '../../timeline/entry.ts';
import { type Filter, passes } from '../../timeline/filter.ts';
import { ticksOf } from '../../timeline/overview/calendar.ts';
import { hatchWords } from '../../timeline/overview/grounds.ts';
import { countsAround, overviewOf } from '../../timeline/overview/lanes.ts';
import { type MonthSpan, type Span, spanOf, spanWords } from '../../timeline/overview/months.ts';
import { lifeOf } from '../../timeline/overview/window.ts';
import { count } from '../../timeline/words.ts';
import type { FeedHandle } from '../feed/feed.tsx';
import { laneLooks } from '../lane-look.ts';
import { LanesPlot } from './lanes-plot.tsx';
import { LifeSlider } from './life-slider.tsx';
import { ListBand, OutOfView } from './list-band.tsx';
import { OverviewControls } from './overview-controls.tsx';
import { groundsOf, recordsFrom } from './overview-grounds.ts';
import { OverviewTable } from './overview-table.tsx';
import { TimeAxis } from './time-axis.tsx';
import { useOverviewWindow } from './use-overview-window.ts';
import { useSize } from './use-size.ts';
import { withFailedLanes } from './with-failed-lanes.ts';

export interface OverviewProps {
  feed: RefObject<FeedHandle | null>;
  state: Pick<RecordState, 'streams' | 'sources'>;
  /** Every entry the list may show, newest first, whatever is filtered. */
  entries: readonly Entry[];
  filter: Filter;
  /** Bookings folded away above the list. */
  folded: number;
  /** Epoch milliseconds. */
  now: number;
  /** Cuts the list to a period, epoch milliseconds; undefined lifts that. */
  onOnly: (period: Span | undefined) => void;
}

/** A label on the axis needs this room, CSS pixels. */
const tickWidth = 42;

/**
 * The whole life at a glance (T5). It draws what was read and passes the filters, whatever their dates; what was not
 * read is hatched, and never looks empty. It knows nothing of what is withheld (misreading 17).
 */
export function Overview({ feed, state, entries, filter, folded, now, onOnly }: OverviewProps) {
  const plot = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(plot);
  const notes = useId();
  const [inWords, setInWords] = useState(false);
  const { streams, sources } = state;
  const { passing, hidden } = useMemo(() => {
    const { from: _from, to: _to, ...undatedFilter } = filter;
    const passing = entries.filter((entry) => passes(entry, undatedFilter));
    const hides = entries.length - passing.length;
    return { passing, hidden: hides === 0 ? undefined : `${hideWords(hiderOf(undatedFilter))} ${hides}` };
  }, [entries, filter]);
  const overview = useMemo(() => overviewOf(passing), [passing]);
  const grounds = useMemo(() => groundsOf({ streams, sources }), [streams, sources]);
  const life = useMemo(
    () => lifeOf({ now, starts: overview.starts, recordsFrom: recordsFrom(sources) }),
    [now, overview, sources],
  );
  const control = useOverviewWindow({ feed, life, folded, now });
  const { window } = control;
  const span = useMemo(() => spanOf(window), [window]);
  const lanes = useMemo(() => withFailedLanes(overview.lanes, grounds), [overview, grounds]);
  const ticks = useMemo(
    () => (width === 0 ? [] : ticksOf(span, ((span.to - span.from) / width) * tickWidth)),
    [span, width],
  );
  const wordsOf = (of: MonthSpan) =>
    `${spanWords(of)}, ${count(countsAround(overview, spanOf(of)).within, 'entry', 'entries')}`;
  const hatched = hatchWords(
    grounds.filter((ground) => ground.lanes === undefined || lanes.some(({ lane }) => ground.lanes?.includes(lane))),
    span,
  );
  const undated = overview.undated === 0 ? undefined : `${overview.undated} without a date`;
  const cut = filter.from !== undefined || filter.to !== undefined;

  const onPointer = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
    control.showInstant(span.from + share * (span.to - span.from));
  };

  return (
    <>
      <div className="flex min-h-7.5 flex-wrap items-center justify-between gap-1 py-0.5">
        <p className="min-w-0 flex-1 basis-40 text-xs leading-3.5">
          <span className="font-bold whitespace-nowrap">{spanWords(window)}</span>
          <span className="whitespace-nowrap text-secondary">
            {' · '}
            {count(countsAround(overview, span).within, 'entry', 'entries')}
          </span>
          <span id={notes} className="block text-[0.6875rem] text-secondary">
            {[hidden, hatched, undated].filter((words) => words !== undefined).join(' · ')}
          </span>
        </p>
        <OverviewControls
          control={control}
          wordsOf={wordsOf}
          cut={cut}
          onOnly={() => {
            control.stay();
            onOnly(span);
          }}
          onAllDates={() => {
            control.stay();
            onOnly(undefined);
          }}
          onTable={() => setInWords(true)}
        />
      </div>
      <div className="grid grid-cols-[6.25rem_minmax(0,1fr)] gap-x-1.5">
        <ul
          aria-label="Settings in the overview"
          className="flex h-[4.625rem] flex-col text-[0.625rem] leading-none forced-colors:forced-color-adjust-none"
        >
          {lanes.map(({ lane }) => (
            <li
              key={lane}
              className={`flex min-h-0 flex-1 items-center font-bold whitespace-nowrap forced-colors:text-[CanvasText] ${laneLooks[lane].ink}`}
            >
              {laneNames[lane]}
            </li>
          ))}
        </ul>
        {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- for the pointer alone: slider and buttons do the same by key */}
        <div
          ref={plot}
          aria-hidden="true"
          data-testid="overview-plot"
          className="relative h-[4.625rem] cursor-pointer touch-pan-y overflow-hidden select-none"
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            // A finger that comes down may be about to scroll the page: it moves the list once it drags, or lifts.
            if (event.pointerType !== 'touch') onPointer(event);
          }}
          onPointerUp={(event) => {
            if (event.pointerType === 'touch' && event.currentTarget.hasPointerCapture(event.pointerId))
              onPointer(event);
          }}
          onPointerMove={(event) => {
            if (event.currentTarget.hasPointerCapture(event.pointerId)) onPointer(event);
          }}
        >
          {width > 0 && (
            <>
              <LanesPlot {...{ lanes, span, now, grounds, width, height }} />
              <ListBand {...{ feed, folded, now, span, width }} />
            </>
          )}
        </div>
        <p className="self-end text-[0.625rem] leading-3 whitespace-nowrap text-secondary">
          <OutOfView {...{ feed, folded, now }} where="below" />
        </p>
        <div>
          <TimeAxis ticks={ticks} span={span} now={now} width={width} />
          <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-1.5">
            <LifeSlider
              {...{ control, life, grounds, now }}
              points={overview.points}
              words={wordsOf(window)}
              describedBy={notes}
            />
            <p className="self-end text-[0.625rem] leading-3 whitespace-nowrap text-secondary">
              <OutOfView {...{ feed, folded, now }} where="above" />
            </p>
          </div>
        </div>
      </div>
      {inWords && (
        <OverviewTable
          entries={passing}
          hidden={hidden}
          lanes={lanes.map(({ lane }) => lane)}
          grounds={grounds}
          onYear={(year) => {
            setInWords(false);
            control.moveTo((year + 1) * 12 - window.months);
          }}
          onClose={() => setInWords(false)}
        />
      )}
    </>
  );
}
