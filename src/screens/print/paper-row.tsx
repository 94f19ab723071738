import type { ReactNode } from 'react';
import { type Entry, laneNames } from '../../timeline/entry.ts';
import type { Row } from '../../timeline/rows.ts';
import { Unbroken } from '../../ui/unbroken.tsx';
import { entryDate } from '../feed/entry-date.ts';
import { sourceLabels } from '../feed/source-labels.ts';

/** One row of the list on paper, in the words the page has for it. */
export function PaperRow({ row }: { row: Row }): ReactNode {
  switch (row.type) {
    case 'entry':
      return <PaperEntry entry={row.entry} />;
    case 'upcoming':
      return (
        <h3>
          {row.complete ? 'Upcoming' : row.label} <Count of={row.count} hides={row.hides} />
        </h3>
      );
    case 'now':
      return <h3 className="paper-now">{row.label}</h3>;
    case 'band':
    case 'month':
      return (
        <h3>
          {row.label} <Count of={row.count} hides={row.type === 'band' ? row.hides : undefined} />
        </h3>
      );
    case 'untimed':
      return (
        <p className="paper-lead">
          {row.label}, {row.date}: {row.count === 1 ? '1 entry' : `${row.count} entries, in no known order`}
        </p>
      );
    case 'discharge':
    case 'withdrawn':
      return (
        <p className="paper-lead">
          {row.date} {row.label}
        </p>
      );
    case 'gap':
      return <p className="paper-gap">{row.label}</p>;
    case 'end':
      // The document has an end of its own, which knows of its period.
      break;
  }
  return null;
}

function Count({ of, hides }: { of: number; hides: string | undefined }) {
  const entries = of === 1 ? '1 entry' : `${of} entries`;
  return <span>{hides === undefined ? entries : `${entries}, ${hides}`}</span>;
}

function PaperEntry({ entry }: { entry: Entry }) {
  const date = entryDate(entry);
  return (
    <article>
      <p className="paper-when">
        <b>
          <Unbroken words={date.day} />
        </b>
        {date.time !== undefined && (
          <span>
            <Unbroken words={date.time} />
          </span>
        )}
      </p>
      <div className="paper-what">
        <h4>
          <Unbroken words={entry.title} />
        </h4>
        <p>
          <b>{laneNames[entry.lane]}</b>
          <Unbroken words={[...entry.detail, ...entry.facts].map((words) => `\u00a0· ${words}`).join('')} />
        </p>
        {entry.cautions.map((caution) => (
          <p key={caution} className="paper-caution">
            <Unbroken words={caution} />
          </p>
        ))}
        <Witnesses entry={entry} />
        {entry.unsure?.map(({ key, because, apart }) => (
          <p key={key} className="paper-caution">
            Possibly the same as another entry: {because}. Kept apart: {apart}.
          </p>
        ))}
      </div>
      <p className="paper-who">{sourceLabels(entry).join(', ')}</p>
    </article>
  );
}

/** Who tells of one event, why they were taken for one, and where they differ (T4). */
function Witnesses({ entry }: { entry: Entry }) {
  const { joined } = entry;
  if (joined === undefined) return null;
  const name = (key: string) => {
    const witness = joined.witnesses.find((candidate) => candidate.entry.key === key);
    return witness === undefined ? 'one source' : sourceLabels(witness.entry).join(', ');
  };
  return (
    <ul className="paper-witnesses">
      {joined.witnesses.map(({ entry: told, because }) => {
        const date = entryDate(told);
        return (
          <li key={told.key}>
            {name(told.key)}: {told.title}, {date.day}
            {date.time !== undefined && ` ${date.time}`}
            {because !== undefined && ` (taken for the same: ${because})`}
          </li>
        );
      })}
      {joined.differences.map(({ what, said }) => (
        <li key={what}>
          <b>Sources differ on {what}:</b> {said.map(({ key, words }) => `${name(key)}: ${words}`).join('; ')}
        </li>
      ))}
    </ul>
  );
}
