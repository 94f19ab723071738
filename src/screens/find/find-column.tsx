import type { Organisation } from '../../launch/session.ts';
import type { SourceState } from '../../record/record-state.ts';
import type { CutShort } from '../../timeline/cut-short.ts';
import type { Facets } from '../../timeline/facets.ts';
import { Button } from '../../ui/button.tsx';
import { lazyPart } from '../lazy-part.tsx';
import { SettingFilter } from './setting-filter.tsx';
import { SourcesList } from './sources-list.tsx';
import type { Find } from './use-find.ts';
import { useKeysHelp } from './use-keys-help.tsx';

const more = lazyPart(async () => (await import('./more-filters.tsx')).MoreFilters, {
  waiting: 'More filters are on their way.',
  failed: 'The other filters could not be fetched.',
});

export interface FindColumnProps {
  find: Find;
  facets: Facets;
  /** Where counts may be too small. */
  short: CutShort;
  own: Organisation | undefined;
  organisationNames: ReadonlyMap<string, string>;
  sources: readonly SourceState[];
  sourcesRead: 'loading' | 'read' | 'failed';
}

/** What to look at, and what it comes from. */
export function FindColumn({ find, facets, short, own, organisationNames, sources, sourcesRead }: FindColumnProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const help = useKeysHelp();
  return (
    <>
      <div id="filters" tabIndex={-1}>
        <SettingFilter find={find} counts={facets.lanes} short={short.lanes} />
        <more.Part find={find} facets={facets} short={short} own={own} organisationNames={organisationNames} />
      </div>
      <section aria-labelledby="sources-title" id="sources" tabIndex={-1} className="mt-4">
        <h2 id="sources-title" className="mb-0.5 text-sm text-secondary">
          Sources
        </h2>
        <SourcesList sources={sources} read={sourcesRead} />
      </section>
      <p className="mt-4">
        <Button onClick={help.open}>Keys</Button>
      </p>
      {help.sheet}
    </>
  );
}
