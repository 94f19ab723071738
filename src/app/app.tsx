import { useEffect, useSyncExternalStore } from 'react';
import type { Session } from '../launch/session.ts';
import { personKey } from '../record/person-key.ts';
import type { RecordReader } from '../record/record-state.ts';
import { watchForNews } from '../record/watch-for-news.ts';
import { Covered } from '../screens/cover/covered.tsx';
import { loadEntryDetails } from '../screens/details/lazy-entry-details.tsx';
import { LazyLaunchOutcome } from '../screens/lazy-launch-outcome.tsx';
import { StartingScreen } from '../screens/starting.tsx';
import { TimelineScreen } from '../screens/timeline-screen.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Installed } from './installed.tsx';
import { NotFound } from './not-found.tsx';
import type { Opened, OpenedRecord } from './opened-record.ts';
import { paths } from './paths.ts';

/** The whole app: the screen of what is open, or words when there is no such page or the page itself fails. */
export function App({ record }: { record: OpenedRecord }) {
  return (
    <ErrorBoundary>
      {paths.includes(window.location.pathname) ? <OpenedScreen record={record} /> : <NotFound />}
      <Installed />
    </ErrorBoundary>
  );
}

/** Once the first rows are through, milliseconds. */
const fetchAheadMs = 3000;

function OpenedScreen({ record }: { record: OpenedRecord }) {
  const opened = useSyncExternalStore(record.subscribe, record.current);
  const title = titleOf(opened);
  useEffect(() => {
    document.title = title;
  }, [title]);
  const isOpen = opened.status === 'ready';
  useEffect(() => {
    if (!isOpen) return undefined;
    // Fetched ahead of the first opened entry; what fails now is tried again, and said, when an entry is opened.
    const timer = setTimeout(() => void loadEntryDetails().catch(() => undefined), fetchAheadMs);
    return () => clearTimeout(timer);
  }, [isOpen]);
  if (opened.status === 'ready') {
    // Nothing of one person's screen lives on in another's.
    const { session, reader } = opened;
    return (
      <Covered key={personKey(session).join(' ')} session={session} reader={reader} onEnd={record.end}>
        <NewsWatch session={session} reader={reader} />
        <TimelineScreen session={session} reader={reader} />
      </Covered>
    );
  }
  if (opened.status === 'failed') return <LazyLaunchOutcome key={opened.failure.reason} {...opened.failure} />;
  return <StartingScreen />;
}

/** Within the cover: nothing is asked for while nobody uses the page. */
function NewsWatch({ session, reader }: { session: Session; reader: RecordReader }) {
  useEffect(() => watchForNews(session, reader), [session, reader]);
  return null;
}

/** No name and no number: titles stay in the browser's history and on the taskbar. */
function titleOf(opened: Opened): string {
  if (opened.status === 'ready') return 'Timeline · Care Timeline';
  if (opened.status === 'starting') return 'Opening · Care Timeline';
  return ['session-over', 'idle'].includes(opened.failure.reason)
    ? 'Session ended · Care Timeline'
    : 'Not opened · Care Timeline';
}
