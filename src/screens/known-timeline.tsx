import { useRef, useState, type ReactNode } from 'react';
import type { Session } from '../launch/session.ts';
import { useKeyInformation } from '../record/key-information.ts';
import type { RecordReader, RecordState } from '../record/record-state.ts';
import { type NoticeAction, noticesOf } from '../timeline/completeness.ts';
import { keyInformationOf } from '../timeline/key-information/key-information.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { focusOn, SkipLinks } from '../ui/skip-links.tsx';
import { useFixedHeight } from '../ui/use-fixed-height.ts';
import { useMediaQuery } from '../ui/use-media-query.ts';
import { useOnline } from '../ui/use-online.ts';
import { LazyEntryDetails } from './details/lazy-entry-details.tsx';
import { Feed, type FeedHandle } from './feed/feed.tsx';
import { groupRows } from './feed/group-rows.ts';
import { LeadRowView } from './feed/lead-row.tsx';
import { UpcomingHead } from './feed/upcoming-head.tsx';
import { FindColumn } from './find/find-column.tsx';
import { useSettingFilter } from './find/use-setting-filter.ts';
import { KeyPanel } from './key-information/key-panel.tsx';
import { KeyStrip } from './key-information/key-strip.tsx';
import { retryStream } from './retry-stream.ts';
import { TitledSheet } from './titled-sheet.tsx';
import { entryByKey, mapTimeline, slowStreams, sourceAges, viewOf } from './timeline-view.ts';
import { GapNotices } from './trust/gap-notices.tsx';
import { isGap } from './trust/is-gap.ts';
import { TrustLine } from './trust/trust-line.tsx';

/** From this width on the find column and the side panel stand beside the list. */
const wideQuery = '(min-width: 1024px)';
/** Room for the trust line with its gaps to stay fixed. */
const roomyQuery = '(min-width: 640px) and (min-height: 640px)';
/** More gaps than this would take the list's room: they stand under the header then, and the header counts them. */
const gapsFixed = 2;

export interface KnownTimelineProps {
  session: Session;
  reader: RecordReader;
  state: RecordState;
  now: number;
  banner: ReactNode;
}

/** The timeline of a person who is known: the header that stays, the find column, the feed, and the side panel. */
export function KnownTimeline({ session, reader, state, now, banner }: KnownTimelineProps) {
  const header = useRef<HTMLElement>(null);
  const headerHeight = useFixedHeight(header);
  const feed = useRef<FeedHandle>(null);
  const wide = useMediaQuery(wideQuery);
  const roomy = useMediaQuery(roomyQuery);
  const online = useOnline();
  const filter = useSettingFilter();
  const [upcomingExpanded, setUpcomingExpanded] = useState(false);
  const [openKey, setOpenKey] = useState<string>();
  const [sheet, setSheet] = useState<'find' | 'key'>();

  const mapped = mapTimeline(state, session.patientId, now, sourceAges(state.sources));
  const { layout, facts } = viewOf({ state, mapped, hidden: filter.hidden, upcomingExpanded, offline: !online });
  const { upcoming, items, tail } = groupRows(layout.rows);
  const slow = slowStreams(state);
  const gapsInHeader = roomy && noticesOf(facts).filter(isGap).length + slow.length <= gapsFixed;

  const key = useKeyInformation(session);
  const keyView = keyInformationOf(
    { topics: key.topics, ...pick(state), patientId: session.patientId, now },
    mapped.record.entries,
    state.streams.Appointment.status === 'complete' && facts.failedStreams.length === 0,
  );
  const keyFailed = Object.values(key.topics).some(({ status }) => status === 'failed');
  const keyPanel = <KeyPanel view={keyView} failed={keyFailed} onRetry={key.retry} />;

  const open = entryByKey(mapped.record.entries, openKey);
  const close = () => {
    setOpenKey(undefined);
    feed.current?.focusEntry(openKey);
  };
  const act = (action: NoticeAction) => {
    switch (action.what) {
      case 'retry':
        retryStream(reader, action.stream);
        focusOn('trust');
        break;
      case 'clear-filters':
        filter.showAll();
        focusOn('trust');
        break;
      case 'stop':
        reader.stop();
        break;
      case 'resume':
        reader.resume();
        break;
      case 'show-sources':
        if (wide) focusOn('sources');
        else setSheet('find');
        break;
    }
  };
  const showFilters = () => (wide ? focusOn('filters') : setSheet('find'));

  const find = (
    <FindColumn filter={filter} counts={layout.laneCounts} sources={state.sources} sourcesRead={state.sourcesRead} />
  );
  const details = open !== undefined && (
    <LazyEntryDetails
      key={open.key}
      session={session}
      entry={open}
      linked={mapped.record.linked.filter(({ to }) => to === open.key).map(({ statement }) => statement)}
      context={mapped.context}
      over={!wide}
      onClose={close}
    />
  );

  return (
    <>
      <SkipLinks
        links={[
          { target: 'timeline', words: 'Skip to today', follow: () => feed.current?.focusEntry(undefined) },
          { target: 'gaps', words: 'Skip to what may be missing' },
          { target: 'filters', words: 'Skip to filters', follow: showFilters },
        ]}
      />
      <header ref={header} className="sticky top-0 z-20 short:contents">
        {banner}
        {roomy && <KeyStrip view={keyView} onOpen={wide && open === undefined ? undefined : () => setSheet('key')} />}
        <TrustLine
          facts={facts}
          slow={slow}
          withGaps={gapsInHeader}
          onAction={act}
          onShowGaps={() => focusOn('gaps')}
        />
      </header>
      {!roomy && <KeyStrip view={keyView} onOpen={() => setSheet('key')} />}
      {!gapsInHeader && (
        <div className="border-b border-line bg-trust px-4 py-2 text-sm sm:px-5">
          <GapNotices facts={facts} slow={slow} onAction={act} />
        </div>
      )}
      <div className="lg:grid lg:grid-cols-[12.5rem_minmax(0,1fr)_22rem] xl:grid-cols-[13.5rem_minmax(0,1fr)_26rem]">
        {wide && (
          <aside aria-label="Find and filter" className={`${column} py-3 pl-5`}>
            {find}
          </aside>
        )}
        <main className="min-w-0 px-3 py-3 sm:px-4">
          {!wide && (
            <p className="mb-3">
              <Button icon="filter" className="max-sm:w-full" onClick={() => setSheet('find')}>
                Filter, and what is connected
              </Button>
            </p>
          )}
          {upcoming !== undefined && (
            <UpcomingHead row={upcoming} onToggle={() => setUpcomingExpanded(!upcomingExpanded)} />
          )}
          <Feed
            ref={feed}
            items={items}
            setSize={facts.status === 'loading' ? -1 : items.length}
            openKey={open?.key}
            headerHeight={headerHeight}
            onOpen={setOpenKey}
            onRetry={(stream) => retryStream(reader, stream)}
            onClose={close}
          />
          {tail.map((row) => (
            <LeadRowView key={row.key} row={row} onRetry={(stream) => retryStream(reader, stream)} />
          ))}
        </main>
        {wide && (
          <aside
            aria-label={open === undefined ? 'Key information' : 'Opened entry'}
            className={`${column} border-l border-line bg-card px-5 py-3`}
          >
            {details}
            {openKey !== undefined && open === undefined && (
              <Notice actions={<Button onClick={close}>Close</Button>}>
                The entry that was open here is no longer in the record.
              </Notice>
            )}
            {openKey === undefined && (
              <>
                <h2 className="text-base">Key information</h2>
                {keyPanel}
              </>
            )}
          </aside>
        )}
      </div>
      {!wide && details}
      {sheet === 'find' && !wide && (
        <TitledSheet title="Filter, and what is connected" onClose={() => setSheet(undefined)}>
          {find}
        </TitledSheet>
      )}
      {sheet === 'key' && (
        <TitledSheet title="Key information" onClose={() => setSheet(undefined)}>
          {keyPanel}
        </TitledSheet>
      )}
    </>
  );
}

/** A column beside the list scrolls by itself and stays under the header. */
const column =
  'sticky top-[var(--header-height)] max-h-[calc(100dvh-var(--header-height))] min-h-[calc(100dvh-var(--header-height))] self-start overflow-y-auto';

function pick({ sources, sourcesRead, withheld, included }: RecordState) {
  return { sources, sourcesRead, withheld, included };
}
