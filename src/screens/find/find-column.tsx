import type { SourceState } from '../../record/record-state.ts';
import type { Lane } from '../../timeline/entry.ts';
import type { Facets } from '../../timeline/facets.ts';
import { SettingFilter } from './setting-filter.tsx';
import { SourcesList } from './sources-list.tsx';
import type { Find } from './use-find.ts';

export interface FindColumnProps {
  find: Find;
  facets: Facets;
  /** Settings of which something could not be read. */
  short: ReadonlySet<Lane>;
  sources: readonly SourceState[];
  sourcesRead: 'loading' | 'read' | 'failed';
}

/** What to look at, and what it comes from. */
export function FindColumn({ find, facets, short, sources, sourcesRead }: FindColumnProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  return (
    <>
      <div id="filters" tabIndex={-1}>
        <SettingFilter find={find} counts={facets.lanes} short={short} />
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
