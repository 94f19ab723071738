import type { SourceState } from '../../record/record-state.ts';
import type { CompletenessFacts } from '../../timeline/completeness.ts';
import { sourceList } from '../../timeline/source-list.ts';
import { capital } from '../../timeline/words.ts';
import { Icon } from '../../ui/icon.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';

export interface SourcesListProps {
  sources: readonly SourceState[];
  /** Whether the list itself could be read. */
  read: 'loading' | 'read' | 'failed';
  /** What the hub lacks, where it is another than our own. */
  lacks?: CompletenessFacts['lacks'];
}

/** Which sources are connected, since when, how old their data is, and which are not (T3, misreading 3). */
export function SourcesList({ sources, read, lacks }: SourcesListProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const lacking = lacks?.map(({ key, text }) => (
    <p key={key} className="mt-1 text-sm">
      <Unbroken words={text} />
    </p>
  ));
  if (sources.length === 0) {
    return (
      <>
        <p className="text-sm">{nothingWords[read]}</p>
        {lacking}
      </>
    );
  }
  const { sharedAge, connected, notConnected } = sourceList(sources);
  return (
    <>
      {sharedAge !== undefined && (
        <p className="text-xs text-secondary">
          <Unbroken words={`${capital(sharedAge)}, where nothing else is said.`} />
        </p>
      )}
      <ul className="text-sm">
        {connected.map(({ id, name, status, age, startsFrom, message }) => (
          <li key={id} className="border-b border-line py-1">
            <span className="block leading-5">{name}</span>
            {age !== undefined && (
              <span className="flex items-baseline gap-1 text-xs text-secondary">
                {status !== 'ok' && <Icon name="warning" size={12} className="translate-y-0.5 text-gap-bar" />}
                <span className={status === 'ok' ? undefined : 'font-bold text-text'}>
                  <Unbroken words={age} />
                </span>
              </span>
            )}
            {[startsFrom, message].map(
              (words) =>
                words !== undefined && (
                  <span key={words} className="block text-xs text-secondary">
                    <Unbroken words={words} />
                  </span>
                ),
            )}
          </li>
        ))}
      </ul>
      <h3 className="mt-2 flex items-center gap-1 text-xs">
        <Icon name="warning" size={12} className="text-gap-bar" /> Not connected
      </h3>
      {notConnected.length > 0 && (
        <ul className="text-sm">
          {notConnected.map((name) => (
            <li key={name} className="leading-5">
              {name}
            </li>
          ))}
        </ul>
      )}
      <p className="pt-1 text-xs text-secondary">
        {notConnected.length > 0
          ? 'Their records are not shown here. Other services may hold more as well.'
          : 'Other services are not connected and may hold more.'}
      </p>
      {lacking}
    </>
  );
}

const nothingWords: Record<SourcesListProps['read'], string> = {
  loading: 'Reading which sources are connected.',
  read: 'The record service does not say which sources are connected.',
  failed: 'Which sources are connected could not be read.',
};
