import { useCallback, useRef, useState } from 'react';
import type { Session } from '../launch/session.ts';
import type { RecordReader, RecordState } from '../record/record-state.ts';
import type { Banner } from '../timeline/banner.ts';
import { noticesOf } from '../timeline/completeness.ts';
import { Button } from '../ui/button.tsx';
import { focusOn, SkipLinks } from '../ui/skip-links.tsx';
import { useMediaQuery } from '../ui/use-media-query.ts';
import { useOnline } from '../ui/use-online.ts';
import { actOn } from './act-on.ts';
import { LazyOwnAccessLine } from './access/lazy-own-access-line.tsx';
import { PageAge } from './banner/page-age.tsx';
import { PatientBanner } from './banner/patient-banner.tsx';
import { column } from './column.ts';
import { LazyEntryDetails } from './details/lazy-entry-details.tsx';
import type { FeedHandle } from './feed/feed.tsx';
import { LeadRowView } from './feed/lead-row.tsx';
import { UpcomingHead } from './feed/upcoming-head.tsx';
import { FindColumn, FindResults } from './find/lazy-find.tsx';
import { finders, SearchField } from './find/search-field.tsx';
import { useFind } from './find/use-find.ts';
import { GainedSources } from './gained-sources.tsx';
import { LazyKeyPanel } from './key-information/lazy-key-panel.tsx';
import { LazyKeyStrip } from './key-information/lazy-key-strip.tsx';
import { useKeyView } from './key-information/use-key-view.ts';
import { NewsLine } from './news/news-line.tsx';
import { LazyOwnRecord } from './my-choices/lazy-own-record.tsx';
import { readsOwn } from './my-choices/reads-own.ts';
import { LazyPrint } from './print/lazy-print.tsx';
import { usePrintKey } from './print/use-print-key.ts';
import { ListArea } from './list-area.tsx';
import { retryStream } from './retry-stream.ts';
import { SideColumn } from './side-column.tsx';
import { entryByKey } from './timeline-view.ts';
import { TitledSheet } from './titled-sheet.tsx';
import { TrendHost } from './trends/trend-host.tsx';
import { GapNotices } from './trust/gap-notices.tsx';
import { isGap } from './trust/is-gap.ts';
import { TrustLine } from './trust/trust-line.tsx';
import { useTimeline } from './use-timeline.ts';

/** From this width on the find column and the side panel stand beside the list. */
const wideQuery = '(min-width: 1024px)';
/** Room for the key strip and the gaps to stay fixed with the banner. */
const roomyQuery = '(min-width: 640px) and (min-height: 640px)';
/** More gaps than this would take the list's room: they stand under the header then, and the header counts them. */
const gapsFixed = 1;

export interface KnownTimelineProps {
  session: Session;
  reader: RecordReader;
  state: RecordState;
  /** Epoch milliseconds. */
  now: number;
  banner: Banner;
}

/** The timeline of a person who is known: the header that stays, the find column, the feed, and the side panel. */
export function KnownTimeline({ session, reader, state, now, banner }: KnownTimelineProps) {
  // What is costly is remembered in useTimeline and useKeyView; the rest costs more bytes than it saves work.
  'use no memo';
  const header = useRef<HTMLElement>(null);
  const feed = useRef<FeedHandle>(null);
  const wide = useMediaQuery(wideQuery);
  const roomy = useMediaQuery(roomyQuery);
  const offline = !useOnline();
  const find = useFind(session);
  const [upcomingExpanded, setUpcomingExpanded] = useState(false);
  const [openKey, setOpenKey] = useState<string>();
  const [overviewOpen, setOverviewOpen] = useState(false);
  const [sheet, setSheet] = useState<'find' | 'key' | 'print'>();
  usePrintKey(useCallback(() => setSheet('print'), []));
  const { patientId } = session;
  const { record, context, layout, facts, rows, searched, filter, slow, shown } = useTimeline({
    encounterId: session.encounterId,
    state,
    lastOpenedAt: session.lastOpenedAt,
    patientId,
    now,
    filter: find.filter,
    text: find.text,
    upcomingExpanded,
    offline,
  });
  const key = useKeyView(session, state, record.entries, now);

  const gapsInHeader = roomy && noticesOf(facts).filter(isGap).length + slow.length <= gapsFixed;
  const open = entryByKey(record.entries, openKey);
  const close = () => {
    setOpenKey(undefined);
    feed.current?.focusEntry(openKey);
  };
  const act = actOn({
    reader,
    showAll: find.showAll,
    showSources: () => (wide ? focusOn('sources') : setSheet('find')),
  });
  const readAgain = facts.status === 'loading' ? undefined : () => reader.readAgain();
  const opened = (
    <PageAge
      session={session}
      readAt={state.readAt}
      again={state.again}
      onReadAgain={readAgain}
      roomy={roomy}
      now={now}
    />
  );
  const { items } = rows;
  const showEntry = (entryKey: string) => feed.current?.focusEntry(entryKey);
  const news = (
    <NewsLine lastOpenedAt={session.lastOpenedAt} entries={record.entries} items={items} onShow={showEntry} />
  );
  // Another hub has no word for it.
  const access = session.openedFrom === undefined ? undefined : <LazyOwnAccessLine session={session} />;
  const retry = (stream: string) => retryStream(reader, stream);

  const findColumn = (
    <FindColumn
      find={find}
      {...{ facts, filter, standing: layout.standing }}
      own={session.organisation}
      included={state.included}
      sources={state.sources}
    />
  );
  const own = readsOwn(session) && <LazyOwnRecord session={session} onChanged={() => reader.readAgain()} />;
  const print = <Button onClick={() => setSheet('print')}>Print</Button>;
  const keyPanel = <LazyKeyPanel session={session} input={key.input} failed={key.failed} onRetry={key.retry} />;
  const details =
    open === undefined ? undefined : (
      <LazyEntryDetails
        key={open.key}
        session={session}
        entry={open}
        linked={record.linked.filter(({ to }) => to === open.key).map(({ statement }) => statement)}
        context={context}
        over={!wide}
        onClose={close}
        other={(key) => entryByKey(record.entries, key)}
        onOpen={setOpenKey}
      />
    );
  const keyStrip = (
    <LazyKeyStrip
      facts={key.input.facts}
      compact={!wide}
      onOpen={!roomy || (wide && openKey === undefined) ? undefined : () => setSheet('key')}
    />
  );

  return (
    <TrendHost session={session} state={state} now={now}>
      <SkipLinks
        links={[
          { target: 'timeline', words: 'Skip to today', follow: () => feed.current?.focusEntry(undefined) },
          { target: 'gaps', words: 'Skip to what may be missing' },
          {
            target: 'filters',
            words: 'Skip to filters',
            follow: () => (wide ? focusOn('filters') : setSheet('find')),
          },
        ]}
      />
      <header ref={header} className="sticky top-0 z-20 short:contents">
        <PatientBanner banner={banner} full={session.needPatientBanner} opened={roomy ? opened : undefined} />
        {roomy && keyStrip}
        <TrustLine
          facts={facts}
          slow={slow}
          withGaps={gapsInHeader}
          roomy={roomy}
          opened={roomy ? undefined : opened}
          news={news}
          access={access}
          onAction={act}
        />
      </header>
      {!roomy && keyStrip}
      {!gapsInHeader && (
        <section
          aria-label="What may be missing"
          className="border-b border-line bg-trust px-3 py-1 text-sm max-sm:text-[0.8125rem] max-sm:leading-4.5 sm:px-5"
        >
          <GapNotices facts={facts} slow={slow} withActions={!roomy} access={access} onAction={act} />
        </section>
      )}
      <div className="lg:grid lg:grid-cols-[12.5rem_minmax(0,1fr)_22rem] xl:grid-cols-[13.5rem_minmax(0,1fr)_25rem]">
        {wide && (
          <aside aria-label="Find and filter" className={`${column} py-2 pr-2 pl-5`}>
            <div className="mb-2">
              <SearchField find={find} />
            </div>
            {own}
            {findColumn}
            <div className="mt-4">{print}</div>
          </aside>
        )}
        <main className="min-w-0 px-3 pt-1 pb-2 sm:px-4 sm:py-2">
          <GainedSources entries={layout.standing} shown={shown} />
          {!wide && (
            <div className={finders}>
              <SearchField find={find} />
              <Button icon="filter" onClick={() => setSheet('find')}>
                <span>
                  Filter<span className="max-sm:sr-only"> and sources</span>
                </span>
              </Button>
              {!roomy && (
                <Button onClick={() => setSheet('key')}>
                  <span className="max-sm:w-min">Key information</span>
                </Button>
              )}
              {!roomy && (
                <Button aria-expanded={overviewOpen} onClick={() => setOverviewOpen(!overviewOpen)}>
                  Overview
                </Button>
              )}
              {roomy && print}
            </div>
          )}
          {!wide && own}
          <ListArea
            ref={feed}
            header={header}
            overview={
              roomy || overviewOpen
                ? {
                    ready: rows.items.length > 0 || facts.status !== 'loading',
                    feed,
                    state,
                    now,
                    entries: layout.standing,
                    filter,
                    folded: layout.folded,
                    onOnly: find.setPeriod,
                  }
                : undefined
            }
            search={searched.search}
            items={rows.items}
            setSize={facts.status === 'loading' ? -1 : rows.items.length}
            openKey={open?.key}
            onOpen={setOpenKey}
            onRetry={retry}
            onClose={close}
          >
            {find.active && (
              <FindResults {...{ find, facts, searched }} included={state.included} own={session.organisation} />
            )}
            {rows.upcoming !== undefined && (
              <UpcomingHead row={rows.upcoming} onToggle={() => setUpcomingExpanded(!upcomingExpanded)} />
            )}
          </ListArea>
          {rows.tail.map((row) => (
            <LeadRowView key={row.key} row={row} onRetry={retry} />
          ))}
        </main>
        {wide && (
          <SideColumn details={details} opened={openKey !== undefined} keyInformation={keyPanel} onClose={close} />
        )}
      </div>
      {!wide && details}
      {sheet === 'find' && !wide && (
        <TitledSheet title="Filter and sources" onClose={() => setSheet(undefined)}>
          {findColumn}
          {!roomy && <div className="mt-4">{print}</div>}
        </TitledSheet>
      )}
      {sheet === 'print' && (
        <LazyPrint
          session={session}
          banner={banner}
          view={{ state, mapped: { record, context }, filter: find.filter, offline }}
          slow={slow}
          keyInformation={key.input}
          onClose={() => setSheet(undefined)}
        />
      )}
      {sheet === 'key' && (
        <TitledSheet title="Key information" onClose={() => setSheet(undefined)}>
          {keyPanel}
        </TitledSheet>
      )}
    </TrendHost>
  );
}
