import { paperWords } from '../../timeline/print/paper-words.ts';
import { sourceList } from '../../timeline/source-list.ts';
import { capital } from '../../timeline/words.ts';
import type { PaperProps } from './paper.tsx';
import { readWords } from './read-words.ts';

/** What the document holds, what it lacks, and what it was made from: before the first entry (T3, T13). */
export function PaperHead(props: PaperProps) {
  const { scope, gaps, notes } = paperWords(props);
  const read = readWords(props.access, props.session);
  const grave = [...read.grave, ...gaps];
  return (
    <section className="paper-about">
      <h2>What this document holds</h2>
      {grave.length > 0 && (
        <ul className="paper-gaps">
          {grave.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <ul>
        {[...scope, ...read.said, ...notes].map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <h3>Sources</h3>
      <Sources sources={props.sources} read={props.sourcesRead} />
    </section>
  );
}

function Sources({ sources, read }: { sources: PaperProps['sources']; read: PaperProps['sourcesRead'] }) {
  if (sources.length === 0) {
    return (
      <p>
        {read === 'failed'
          ? 'Which sources are connected could not be read.'
          : read === 'loading'
            ? 'Which sources are connected had not been read yet.'
            : 'The record service does not say which sources are connected.'}
      </p>
    );
  }
  const { sharedAge, connected, notConnected } = sourceList(sources);
  return (
    <>
      {sharedAge !== undefined && <p>{capital(sharedAge)}, where nothing else is said.</p>}
      <ul className="paper-sources">
        {connected.map(({ id, name, status, age, startsFrom, message }) => (
          <li key={id}>
            {name}
            {age !== undefined && (status === 'ok' ? `: ${age}` : <b>: {age}</b>)}
            {startsFrom !== undefined && `, ${startsFrom}`}
            {message !== undefined && <b>. {message}</b>}
          </li>
        ))}
      </ul>
      <p>
        <b>Not connected:</b>{' '}
        {notConnected.length > 0
          ? `${notConnected.join(', ')}. Their records are not here. Other services may hold more as well.`
          : 'other services, which may hold more.'}
      </p>
    </>
  );
}
