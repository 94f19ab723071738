import { use, useMemo } from 'react';
import type { Session } from '../../launch/session.ts';
import { DetailsCache } from '../../record/details-cache.tsx';
import { useResults } from '../../record/results.ts';
import { withIssues } from '../../record/sources.ts';
import { formatDate } from '../../timeline/dates.ts';
import type { KeyFacts } from '../../timeline/key-information/topics.ts';
import { latestOf, type Series, trendsOf } from '../../timeline/trends/series.ts';
import { askForSeries } from '../../timeline/trends/trend-ask.ts';
import { gapNotes, tellersWords, withdrawnWords } from '../../timeline/trends/trend-notes.ts';
import { count } from '../../timeline/words.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';
import { failureWords } from '../failure-words.ts';
import { OpenTrend } from './open-trend.ts';
import { readingWords } from './reading-words.ts';
import { NotDrawn } from './trend-table.tsx';

export interface ResultsListProps {
  session: Session;
  facts: KeyFacts;
}

/** Every numeric result as a line, with its latest value, when, and who took it; pressed, it opens over time. */
export function ResultsList(props: ResultsListProps) {
  return (
    <DetailsCache session={props.session}>
      <Listed {...props} />
    </DetailsCache>
  );
}

function Listed({ session, facts }: ResultsListProps) {
  const results = useResults(session);
  const { observations } = results;
  const { patientId, now, sourcesRead, withheld } = facts;
  const trends = useMemo(() => trendsOf(observations, { patientId, now }), [observations, patientId, now]);
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
        Results could not be read. {failureWords(results.failure)}
      </Notice>
    );
  }
  const known = facts.sources.map((source) => ({ ...source, message: source.message }));
  const noted = { sources: withIssues(known, results.issues), sourcesRead, withheld };
  return (
    <>
      {gapNotes(noted).map((note) => (
        <p key={note} className="text-sm font-bold text-gap-ink">
          {note}
        </p>
      ))}
      <p className="text-xs text-secondary">
        {tellersWords(trends, noted)} {withdrawnWords(trends)}
      </p>
      <ul className="text-sm">
        {trends.series.map((series) => (
          <SeriesLine key={series.key} series={series} />
        ))}
      </ul>
      {trends.unusable.length > 0 && (
        <details className="text-sm">
          <summary className="cursor-pointer py-1 text-link max-sm:py-2.5">
            {count(trends.unusable.length, 'result')} that cannot be drawn over time
          </summary>
          <NotDrawn unusable={trends.unusable} />
        </details>
      )}
    </>
  );
}

function SeriesLine({ series }: { series: Series }) {
  const open = use(OpenTrend);
  const latest = latestOf(series);
  const { when, grave, who } = readingWords(latest);
  const first = series.readings[0];
  const several =
    series.readings.length > 1 ? `${series.readings.length} since ${formatDate(first.taken)}` : 'one reading';
  return (
    <li className="flex items-start gap-2 border-b border-line py-1 last:border-b-0">
      <span className="min-w-0 flex-1">
        {series.name} <b>{latest.words}</b>
        {grave.map((words) => ` · ${words}`).join('')}
        <span className="block text-xs text-secondary">
          <Unbroken words={[when, who, several].join(' · ')} />
        </span>
      </span>
      {open !== undefined && (
        <Button
          aria-label={`${series.name}${series.unit === undefined ? '' : `, ${series.unit},`} over time`}
          onClick={() => open(askForSeries(series))}
        >
          Over time
        </Button>
      )}
    </li>
  );
}
