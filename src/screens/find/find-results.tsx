import type { CompletenessFacts } from '../../timeline/completeness.ts';
import { noMatchWords } from '../../timeline/completeness/find-notices.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { chipsOf } from './chips.ts';
import type { Filters } from './find-address.ts';
import type { Find } from './use-find.ts';
import type { SearchReach } from './use-search.ts';

export interface FindResultsProps {
  find: Find;
  facts: CompletenessFacts;
  reach: SearchReach;
  organisationName: (code: string) => string;
}

/**
 * Above the list: each thing that is switched on, to be lifted by one press, and, where nothing is left, that this is
 * the filters' or the search's doing and how far they looked (misreading 16).
 */
export function FindResults({ find, facts, reach, organisationName }: FindResultsProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  if (!find.active) return null;
  const nothing = noMatchWords(facts, reach === 'details' ? 'details' : 'rows');
  const text = find.text.trim();
  return (
    <>
      <ul aria-label="Switched on" className="mb-2 flex flex-wrap gap-1.5">
        {text !== '' && <Lift words={`Search: ${text}`} onLift={() => find.setText('')} />}
        {chipsOf(find.filters, organisationName).map(({ key, words, parts }) => (
          <Lift key={key} words={words} onLift={() => find.change(lifted(parts))} />
        ))}
      </ul>
      {reach === 'rows-only' && text !== '' && nothing === undefined && (
        <Notice className="mb-2">Only what the rows show was searched: the details could not be.</Notice>
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
