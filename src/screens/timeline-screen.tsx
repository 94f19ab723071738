import { useEffect, useMemo } from 'react';
import type { Session } from '../launch/session.ts';
import type { RecordReader } from '../record/record-state.ts';
import { useRecord } from '../record/use-record.ts';
import { bannerOf } from '../timeline/banner.ts';
import { whenIdle } from '../ui/when-idle.ts';
import { isKept } from './access/is-kept.ts';
import { LazyKeptRecord } from './access/lazy-kept-record.tsx';
import { UnreadBanner } from './banner/unread-banner.tsx';
import { loadKeyStrip } from './key-information/lazy-key-strip.tsx';
import { KnownTimeline } from './known-timeline.tsx';
import { useMapAhead } from './use-map-ahead.ts';
import { useNow } from './use-now.ts';

export interface TimelineScreenProps {
  session: Session;
  reader: RecordReader;
}

/**
 * The person's timeline: who, can I trust it, now, recent. Until the person is read nothing of the record stands on the
 * page, for an entry without a name above it may be anybody's (harm: wrong patient).
 */
export function TimelineScreen({ session, reader }: TimelineScreenProps) {
  const state = useRecord(reader);
  const now = useNow();
  useMapAhead(reader, session.patientId);
  // Asked for while the first reads are on their way, or by the strip itself, which says so where it does not arrive.
  useEffect(() => whenIdle(() => void loadKeyStrip().catch(() => undefined)), []);
  // What is read beside the streams is read anew with them.
  const readings = state.again?.readings;
  const current = useMemo(() => (readings === undefined ? session : { ...session, readings }), [session, readings]);
  const { resource, status, failure } = state.patient;
  if (resource === undefined || status !== 'read') {
    return (
      <header>
        <UnreadBanner
          status={status === 'failed' ? 'failed' : 'loading'}
          failure={failure}
          onRetry={() => reader.retry('patient')}
        />
      </header>
    );
  }
  const banner = bannerOf(resource, now, state.included);
  if (isKept(state)) {
    const reading = state.again?.status === 'reading';
    return <LazyKeptRecord session={current} banner={banner} reading={reading} />;
  }
  return <KnownTimeline session={current} reader={reader} state={state} now={now} banner={banner} />;
}
