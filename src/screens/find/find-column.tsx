import type { Resource } from 'fhir/r4';
import { useMemo } from 'react';
import type { Organisation } from '../../launch/session.ts';
import type { SourceState } from '../../record/record-state.ts';
import type { CompletenessFacts } from '../../timeline/completeness.ts';
import { cutShort } from '../../timeline/cut-short.ts';
import type { Entry } from '../../timeline/entry.ts';
import { facetsOf } from '../../timeline/facets.ts';
import type { Filter } from '../../timeline/filter.ts';
import { organisationNames } from '../../timeline/organisation-names.ts';
import { Button } from '../../ui/button.tsx';
import { MoreFilters } from './more-filters.tsx';
import { SettingFilter } from './setting-filter.tsx';
import { SourcesList } from './sources-list.tsx';
import type { Find } from './use-find.ts';
import { useKeysHelp } from './use-keys-help.tsx';

export interface FindColumnProps {
  find: Find;
  facts: CompletenessFacts;
  /** What filters choose among, and what is chosen, the search with it. */
  standing: readonly Entry[];
  filter: Filter;
  own: Organisation | undefined;
  included: ReadonlyMap<string, Resource>;
  sources: readonly SourceState[];
}

/** What to look at, and what it comes from. */
export function FindColumn({ find, facts, standing, filter, own, included, sources }: FindColumnProps) {
  const help = useKeysHelp();
  const facets = useMemo(() => facetsOf(standing, filter, own?.code), [standing, filter, own]);
  const names = useMemo(() => organisationNames(included.values(), own), [included, own]);
  const short = cutShort(facts);
  return (
    <>
      <div id="filters" tabIndex={-1}>
        <SettingFilter find={find} counts={facets.lanes} short={short.lanes} />
        <MoreFilters find={find} facets={facets} short={short} own={own} organisationNames={names} />
      </div>
      <section aria-labelledby="sources-title" id="sources" tabIndex={-1} className="mt-4">
        <h2 id="sources-title" className="mb-0.5 text-sm text-secondary">
          Sources
        </h2>
        <SourcesList sources={sources} read={facts.sourcesRead} lacks={facts.lacks} />
      </section>
      <p className="mt-4">
        <Button onClick={help.open}>Keys</Button>
      </p>
      {help.sheet}
    </>
  );
}
