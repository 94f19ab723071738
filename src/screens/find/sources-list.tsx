import type { SourceState } from '../../record/record-state.ts';
import { sourceLine } from '../../timeline/completeness.ts';
import { Icon } from '../../ui/icon.tsx';

export interface SourcesListProps {
  sources: readonly SourceState[];
  /** Whether the list itself could be read. */
  read: 'loading' | 'read' | 'failed';
}

/** Which sources are connected, since when, how old their data is, and which are not (T3, misreading 3). */
export function SourcesList({ sources, read }: SourcesListProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  if (sources.length === 0) return <p className="text-sm">{nothingWords[read]}</p>;
  return (
    <>
      <ul className="text-sm">
        {sources.map((source) => {
          const { name, age, startsFrom } = sourceLine(source);
          const well = source.status === 'ok';
          return (
            <li key={source.id} className="border-b border-line py-1">
              <span className="block leading-5">{name}</span>
              <span className="flex items-baseline gap-1 text-xs text-secondary">
                {!well && <Icon name="warning" size={12} className="translate-y-0.5 text-gap-bar" />}
                <span className={well ? undefined : 'font-bold text-text'}>{age}</span>
              </span>
              {startsFrom !== undefined && <span className="block text-xs text-secondary">{startsFrom}</span>}
              {!well && source.message !== undefined && (
                <span className="block text-xs text-secondary">{source.message}</span>
              )}
            </li>
          );
        })}
      </ul>
      <p className="pt-1 text-xs text-secondary">Other services are not connected and may hold more.</p>
    </>
  );
}

const nothingWords: Record<SourcesListProps['read'], string> = {
  loading: 'Reading which sources are connected.',
  read: 'The record service does not say which sources are connected.',
  failed: 'Which sources are connected could not be read.',
};
