import type { KeyboardEvent, ReactNode } from 'react';
import type { Search } from '../../timeline/search.ts';
import { SearchContext } from './found.tsx';
import { searchFieldId } from './search-field.tsx';
import { useKeysHelp } from './use-keys-help.tsx';
import { useLetterKeys } from './letter-keys.ts';

export interface FeedKeysProps {
  search: Search | undefined;
  children: ReactNode;
}

/**
 * Around the feed: `/` leads to the search and `?` tells of the keys, only while a row has focus, and no single character
 * does anything once that is switched off (T11; WCAG 2.2, 2.1.4). Rows mark what is searched for.
 */
export function FeedKeys({ search, children }: FeedKeysProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const letters = useLetterKeys();
  const help = useKeysHelp();
  const onKey = (event: KeyboardEvent) => {
    const row = (event.target as HTMLElement).closest('[role=feed] article');
    if (row === null || event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    // Space presses the button that has focus, and scrolls.
    if (event.key === ' ') return;
    if (!letters) event.stopPropagation();
    else if (event.key === '/') {
      // Or it would be typed into the field.
      event.preventDefault();
      document.getElementById(searchFieldId)?.focus();
    } else if (event.key === '?') help.open();
  };
  return (
    <SearchContext value={search}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the feed's own keys, before the feed */}
      <div onKeyDownCapture={onKey}>{children}</div>
      {help.sheet}
    </SearchContext>
  );
}
