import { lazy, Suspense } from 'react';
import type { EntryDetailsProps } from './entry-details.tsx';

/** Read when the first entry is opened: the first row does not need it (design.md, Speed and size). */
const EntryDetailsPanel = lazy(async () => ({ default: (await import('./entry-details.tsx')).EntryDetailsPanel }));

/** The details of an opened entry, and a word in their place until they are there. */
export function OpenedEntry(props: EntryDetailsProps) {
  return (
    <Suspense fallback={props.over ? null : <p role="status">Opening {props.entry.title}.</p>}>
      <EntryDetailsPanel {...props} />
    </Suspense>
  );
}
