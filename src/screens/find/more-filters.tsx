import { useState, type ReactNode } from 'react';
import type { Organisation } from '../../launch/session.ts';
import type { Kind } from '../../timeline/entry.ts';
import type { CutShort } from '../../timeline/cut-short.ts';
import type { Facets } from '../../timeline/facets.ts';
import type { ChoiceGroup as Group } from '../../timeline/filter.ts';
import { kindNames, kinds } from '../../timeline/kinds.ts';
import { organisationWords } from '../../timeline/organisation-names.ts';
import { recordsName } from '../../timeline/source-words.ts';
import { CheckRow } from '../../ui/check-row.tsx';
import { Icon } from '../../ui/icon.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { ChoiceGroup, type Option } from './choice-group.tsx';
import { PeriodFilter } from './period-filter.tsx';
import type { Find } from './use-find.ts';

export interface MoreFiltersProps {
  find: Find;
  facets: Facets;
  short: CutShort;
  /** The reader's own; without it nothing can be told to be outside it, and that filter is not offered. */
  own: Organisation | undefined;
  organisationNames: ReadonlyMap<string, string>;
}

/** Everything to filter by beside the care setting, folded until it is wanted. */
export function MoreFilters({ find, facets, short, own, organisationNames }: MoreFiltersProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const { filters } = find;
  const anyShort = short.sources.size > 0;
  const group = (name: Group, legend: string, options: readonly Option[]) =>
    (options.length > 1 || filters[name] !== undefined) && (
      <Fold words={legend} on={filters[name] !== undefined}>
        <ChoiceGroup
          legend={legend}
          titled={false}
          options={options}
          choice={filters[name]}
          onChoose={(choice) => find.choose(name, choice)}
        />
      </Fold>
    );
  const counted = (name: Group, value: string) => facets[name].get(value) ?? 0;
  const present = (name: Group) => [...new Set([...facets[name].keys(), ...(filters[name]?.values ?? [])])];
  return (
    <div className="mt-2">
      {own !== undefined && (
        <CheckRow
          checked={filters.outside === true}
          onChange={(on) => find.change({ outside: on ? true : undefined })}
          count={
            <>
              {facets.outside}
              <VisuallyHidden>{facets.outside === 1 ? ' entry' : ' entries'}</VisuallyHidden>
            </>
          }
        >
          <span className="min-w-0">
            Only from outside my organisation <span className="block text-xs text-secondary">{own.name}</span>
          </span>
        </CheckRow>
      )}
      <Fold words="Date" on={filters.from !== undefined || filters.to !== undefined}>
        <PeriodFilter find={find} />
      </Fold>
      {group(
        'kinds',
        'Kind',
        kinds
          .filter((kind) => present('kinds').includes(kind))
          .map((kind: Kind) => ({
            value: kind,
            words: kindNames[kind],
            count: counted('kinds', kind),
            short: anyShort,
          })),
      )}
      {group(
        'sources',
        'Source',
        present('sources').map((source) => ({
          value: source,
          words: source === '' ? 'Source not stated' : recordsName(source),
          count: counted('sources', source),
          short: short.sources.has(source),
        })),
      )}
      {group(
        'organisations',
        'Organisation',
        present('organisations')
          .map((code) => ({
            value: code,
            words: organisationWords(code, organisationNames),
            count: counted('organisations', code),
            short: anyShort,
          }))
          .sort((a, b) => a.words.localeCompare(b.words)),
      )}
      <p className="mt-1 text-xs text-secondary">Each count is what the other filters and the search leave of it.</p>
    </div>
  );
}

interface FoldProps {
  words: string;
  /** Whether something in it is switched on: it then stands open, so that nothing hides entries unseen. */
  on: boolean;
  children: ReactNode;
}

function Fold({ words, on, children }: FoldProps) {
  'use no memo';
  const [open, setOpen] = useState(on);
  return (
    <details
      open={open || on}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      className="group border-t border-line"
    >
      <summary className="flex min-h-8 items-center gap-1 py-1 text-sm font-bold text-secondary max-sm:min-h-11">
        <Icon name="expand" size={14} className="group-open:rotate-180" />
        {words}
        {on && <span className="font-normal">(on)</span>}
      </summary>
      <div className="pb-2">{children}</div>
    </details>
  );
}
