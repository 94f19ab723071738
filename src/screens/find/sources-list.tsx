import { parsePartialDate } from '../../../fhir/partial-date.ts';
import { isSourceId, sourceNames } from '../../../fhir/sources.ts';
import type { SourceState } from '../../record/record-state.ts';
import { formatDate, formatDateTime } from '../../timeline/dates.ts';
import { Icon } from '../../ui/icon.tsx';

export interface SourcesListProps {
  sources: readonly SourceState[];
  /** Whether the list itself could be read. */
  read: 'loading' | 'read' | 'failed';
}

/** Which sources are connected, since when, how old their data is, and which are not (T3, misreading 3). */
export function SourcesList({ sources, read }: SourcesListProps) {
  if (read === 'loading') return <p className="text-sm text-secondary">Reading which sources are connected.</p>;
  if (sources.length === 0) {
    return (
      <p className="text-sm">
        {read === 'failed'
          ? 'Which sources are connected could not be read.'
          : 'The record service does not say which sources are connected.'}
      </p>
    );
  }
  return (
    <ul className="text-sm">
      {sources.map((source) => (
        <li key={source.id} className="border-b border-line py-1 last:border-b-0">
          <span className="block">{sourceTitle(source)}</span>
          <span className="flex items-baseline gap-1 text-xs text-secondary">
            {source.status !== 'ok' && <Icon name="warning" size={12} className="translate-y-0.5 text-gap-bar" />}
            <span className={source.status === 'ok' ? undefined : 'font-bold text-text'}>{sourceAge(source)}</span>
          </span>
          {source.startsFrom !== undefined && (
            <span className="block text-xs text-secondary">Starts from {dateWords(source.startsFrom)}</span>
          )}
          {source.status !== 'ok' && source.message !== undefined && (
            <span className="block text-xs text-secondary">{source.message}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** `GP records (EMIS)`: the service, and the system a reader would have to act on. */
function sourceTitle({ id, name }: SourceState): string {
  if (!isSourceId(id)) return name;
  const { records, system } = sourceNames[id];
  return id === 'patient' ? records : `${records} (${system})`;
}

/** How old its data is, in words that hold without any colour. */
export function sourceAge({ status, asAt }: SourceState): string {
  const at = asAt === undefined ? undefined : dateWords(asAt);
  switch (status) {
    case 'ok':
      return at === undefined ? 'Age of its data not stated' : `As at ${at}`;
    case 'late':
      return at === undefined ? 'Late' : `Late: as at ${at}`;
    case 'partial':
      return at === undefined ? 'Part of it is missing' : `Part of it is missing, as at ${at}`;
    case 'failed':
      return at === undefined ? 'Could not be read' : `Could not be read. Last data ${at}`;
    case 'not-connected':
      break;
  }
  return 'Not connected';
}

function dateWords(text: string): string {
  const date = parsePartialDate(text);
  if (date === undefined) return text;
  return date.precision === 'time' ? formatDateTime(date) : formatDate(date);
}
