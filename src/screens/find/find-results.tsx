import type { Resource } from 'fhir/r4';
import type { Organisation } from '../../launch/session.ts';
import type { CompletenessFacts } from '../../timeline/completeness.ts';
import { noMatchWords } from '../../timeline/completeness/no-match.ts';
import { organisationNames, organisationWords } from '../../timeline/organisation-names.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { chipsOf } from './chips.ts';
import type { Filters } from './find-address.ts';
import type { Find } from './use-find.ts';
import type { ActiveSearch } from './use-search.ts';

export interface FindResultsProps {
  find: Find;
  facts: CompletenessFacts;
  searched: ActiveSearch;
  included: ReadonlyMap<string, Resource>;
  own: Organisation | undefined;
}

/**
 * Above the list: each thing that is switched on, to be lifted by one press, and, where nothing is left, that this is
 * the filters' or the search's doing and how far they looked (misreading 16).
 */
export function FindResults({ find, facts, searched, included, own }: FindResultsProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const nothing = noMatchWords(facts);
  const { organisations } = find.filters;
  const names = organisations === undefined ? new Map<string, string>() : organisationNames(included.values(), own);
  const text = find.text.trim();
  return (
    <>
      <ul aria-label="Switched on" className="mb-2 flex flex-wrap gap-1.5">
        {text !== '' && <Lift words={`Search: ${text}`} onLift={() => find.setText('')} />}
        {chipsOf(find.filters, (code) => organisationWords(code, names)).map(({ key, words, parts }) => (
          <Lift key={key} words={words} onLift={() => find.change(lifted(parts))} />
        ))}
      </ul>
      {searched.status === 'loading' && (
        <p role="status" className="mb-2 text-sm">
          Searching.
        </p>
      )}
      {searched.status === 'failed' && (
        <Notice className="mb-2" actions={<Button onClick={searched.again}>Try again</Button>}>
          The search could not be fetched. Nothing is hidden by it, and nothing was searched.
        </Notice>
      )}
      {nothing !== undefined && (
        <Notice look="plain" className="mb-2" actions={<Button onClick={find.showAll}>Show all</Button>}>
          <p data-testid="no-match">
            <Unbroken words={nothing} />
          </p>
        </Notice>
      )}
    </>
  );
}

function lifted(parts: readonly (keyof Filters)[]): Partial<Filters> {
  return Object.fromEntries(parts.map((part) => [part, undefined]));
}

function Lift({ words, onLift }: { words: string; onLift: () => void }) {
  'use no memo';
  return (
    <li className="max-w-full">
      <button
        type="button"
        onClick={onLift}
        className="inline-flex min-h-7 max-w-full items-center gap-1.5 rounded-full border border-control bg-card px-2.5 text-left text-sm max-sm:min-h-11"
      >
        <VisuallyHidden>Remove: </VisuallyHidden>
        <Unbroken words={words} />
        <Icon name="close" size={13} />
      </button>
    </li>
  );
}
