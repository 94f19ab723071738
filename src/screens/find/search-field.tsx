import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Find } from './use-find.ts';

/** The id of the field, for the key that leads to it. */
export const searchFieldId = 'search';

/** The search and the buttons beside it: on a phone one line, for each line there is an entry less above the fold. */
export const finders =
  'mb-1 flex flex-wrap gap-2 max-sm:gap-1.5 sm:mb-2 max-sm:[&>button]:px-1.5 max-sm:[&>button]:text-[0.8125rem] max-sm:[&>button]:leading-4 max-sm:[&>button>svg]:hidden';

/** Words to look for in everything loaded. With words in it, it takes a phone's whole width. */
export function SearchField({ find }: { find: Pick<Find, 'text' | 'setText'> }) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  return (
    <search
      className={classNames('relative block min-w-0 flex-1', find.text === '' ? 'basis-24' : 'basis-full sm:basis-24')}
    >
      <input
        type="search"
        id={searchFieldId}
        aria-label="Search the loaded entries"
        placeholder="Search"
        // What is typed is patient data: no browser may offer it again, spell it elsewhere or correct it.
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="search"
        value={find.text}
        onChange={(event) => find.setText(event.target.value)}
        className="block min-h-8 w-full rounded border-2 border-control bg-card py-1 pr-2 pl-8 text-sm placeholder:text-secondary max-sm:min-h-11 max-sm:text-base"
      />
      <Icon name="search" className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-secondary" />
    </search>
  );
}
