import type { SourceState } from '../../record/record-state.ts';
import type { Lane } from '../../timeline/entry.ts';
import { SettingFilterList } from './setting-filter.tsx';
import { SourcesList } from './sources-list.tsx';
import type { SettingFilter } from './use-setting-filter.ts';

export interface FindColumnProps {
  filter: SettingFilter;
  counts: Readonly<Record<Lane, number>>;
  sources: readonly SourceState[];
  sourcesRead: 'loading' | 'read' | 'failed';
}

/** What to look at, and what it comes from. */
export function FindColumn({ filter, counts, sources, sourcesRead }: FindColumnProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  return (
    <>
      <div id="filters" tabIndex={-1}>
        <SettingFilterList filter={filter} counts={counts} />
      </div>
      <section aria-labelledby="sources-title" id="sources" tabIndex={-1} className="mt-4">
        <h2 id="sources-title" className="mb-0.5 text-sm text-secondary">
          Sources
        </h2>
        <SourcesList sources={sources} read={sourcesRead} />
      </section>
      <p className="mt-4 text-xs text-secondary">
        In the timeline: <kbd>j</kbd> and <kbd>k</kbd> or Page Down and Page Up move, <kbd>Home</kbd> and <kbd>End</kbd>{' '}
        go to the first and last, <kbd>Enter</kbd> opens, <kbd>Esc</kbd> returns.
      </p>
    </>
  );
}
