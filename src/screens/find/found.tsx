import { createContext, use } from 'react';
import type { Entry } from '../../timeline/entry.ts';
import type { Search } from '../../timeline/search.ts';
import { lowerStart } from '../../timeline/words.ts';
import { Unbroken } from '../../ui/unbroken.tsx';

/** The search that rows mark; undefined while nothing is searched for. */
export const SearchContext = createContext<Search | undefined>(undefined);

/** Words of a row with what was searched for marked in them. Dates stay whole when the line ends. */
export function Found({ words }: { words: string }) {
  // A few letters each: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const search = use(SearchContext);
  if (search === undefined) return <Unbroken words={words} />;
  return search.pieces(words).map(({ text, found }, index) =>
    found ? (
      // oxlint-disable-next-line react/no-array-index-key -- pieces of one text have no other name
      <mark key={index}>{text}</mark>
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- pieces of one text have no other name
      <Unbroken key={index} words={text} />
    ),
  );
}

/**
 * Where a match is that the row does not show. It names the field and never its words: what is kept out of a row for
 * being read over a shoulder (a reason, an allegation) must not come into it by a search.
 */
export function FoundInDetails({ entry }: { entry: Entry }) {
  'use no memo';
  const names = use(SearchContext)?.foundInDetails(entry) ?? [];
  if (names.length === 0) return null;
  return (
    <p className="col-span-3 mt-0.5 text-xs text-secondary @lg:col-span-2 @lg:col-start-3">
      Found in details: <b>{names.map((name, index) => (index === 0 ? name : lowerStart(name))).join(', ')}</b>
    </p>
  );
}
