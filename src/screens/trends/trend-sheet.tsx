import { useId, useMemo, useState } from 'react';
import type { Session } from '../../launch/session.ts';
import { DetailsCache } from '../../record/details-cache.tsx';
import { useResults } from '../../record/results.ts';
import { withIssues } from '../../record/sources.ts';
import type { RecordState } from '../../record/record-state.ts';
import type { TrendAsk } from '../../timeline/trends/trend-ask.ts';
import { gapNotes, tellersWords, withdrawnWords } from '../../timeline/trends/trend-notes.ts';
import { trendsOf } from '../../timeline/trends/series.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { failureWords } from '../failure-words.ts';
import { SeriesView } from './series-view.tsx';
import { NotDrawn } from './trend-table.tsx';

export interface TrendSheetProps {
  session: Session;
  ask: TrendAsk;
  /** Epoch milliseconds. */
  now: number;
  sources: RecordState['sources'];
  sourcesRead: RecordState['sourcesRead'];
  withheld: RecordState['withheld'];
  onClose: () => void;
}

/** Results of one measurement over time, over the page, with what may be missing said above them. */
export function TrendSheet(props: TrendSheetProps) {
  const id = useId();
  return (
    <Sheet labelledBy={id} testId="trend" onClose={props.onClose} className="sm:min-w-[min(46rem,100%)]">
      <div className="mb-2 flex items-start justify-between gap-3">
        <h2 id={id} tabIndex={-1} className="text-lg leading-6">
          {props.ask.name} over time
        </h2>
        <Button icon="close" onClick={props.onClose}>
          Close
        </Button>
      </div>
      <DetailsCache session={props.session}>
        <Trend {...props} />
      </DetailsCache>
      <p className="mt-4 border-t border-line pt-2 text-xs text-secondary">Viewing here does not file or act.</p>
    </Sheet>
  );
}

const yearMillis = 365.25 * 86_400_000;
const windows = [
  { years: 2, words: 'Last 2 years' },
  { years: 5, words: 'Last 5 years' },
  { years: Infinity, words: 'All' },
] as const;

function Trend({ session, ask, now, sources, sourcesRead, withheld }: TrendSheetProps) {
  const results = useResults(session, ask.codes);
  const { patientId } = session;
  const { observations } = results;
  const trends = useMemo(() => trendsOf(observations, { patientId, now }), [observations, patientId, now]);
  const [years, setYears] = useState<number>(Infinity);

  if (results.status === 'loading') {
    return (
      <p role="status" className="text-sm text-secondary">
        Reading results.
      </p>
    );
  }
  if (results.status === 'failed') {
    return (
      <Notice
        actions={
          <Button icon="refresh" onClick={results.retry}>
            Try again
          </Button>
        }
      >
        Results could not be read. {failureWords(results.failure)} None are shown, so that part of them is not taken for
        all.
      </Notice>
    );
  }
  const facts = { sources: withIssues(sources, results.issues), sourcesRead, withheld };
  const notes = gapNotes(facts);
  const withdrawn = withdrawnWords(trends);
  // One time for all pictures, so that what happened together stands together.
  const oldest = Math.min(now, ...trends.series.map(({ readings }) => readings[0].span.start));
  const choices = windows.filter((choice) => choice.years === Infinity || now - oldest > choice.years * yearMillis);
  const from = years === Infinity ? oldest : now - years * yearMillis;
  return (
    <>
      {notes.length > 0 && (
        <Notice>
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Notice>
      )}
      <p className="mt-1 text-sm text-secondary">
        {tellersWords(trends, facts)} {withdrawn}
      </p>
      {trends.series.length === 0 && trends.unusable.length === 0 && (
        <p className="mt-2 text-sm">No results are recorded here. This does not mean that none were taken.</p>
      )}
      {choices.length > 1 && (
        <div role="group" aria-label="Time shown" className="mt-2 flex flex-wrap gap-2">
          {choices.map((choice) => (
            <Button
              key={choice.words}
              aria-pressed={years === choice.years}
              // Forced colours take the background that tells which is chosen.
              className="forced-colors:aria-pressed:border-2 forced-colors:aria-pressed:border-[Highlight] forced-colors:aria-pressed:underline"
              look={years === choice.years ? 'primary' : 'plain'}
              onClick={() => setYears(choice.years)}
            >
              {choice.words}
            </Button>
          ))}
        </div>
      )}
      {trends.series.length > 1 && (
        <p className="mt-2 text-sm">
          Each unit, and each way of measuring, has a picture of its own. No value was converted.
        </p>
      )}
      {trends.series.map((series) => (
        <SeriesView key={series.key} series={series} from={from} now={now} />
      ))}
      <NotDrawn unusable={trends.unusable} />
    </>
  );
}
