import { useWindowVirtualizer } from '@tanstack/react-virtual';
import type { Resource } from 'fhir/r4';
import { createRoot } from 'react-dom/client';
import { type PlainEntry, plainEntry } from './plain-entry.ts';

/** The floor: the same resources as a plain virtualised list, sorted by date, with date, title and second line. */
export function show(resources: readonly Resource[]): void {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no #root.');
  const entries = resources.map(plainEntry).sort((a, b) => b.at - a.at);
  createRoot(root).render(<PlainList entries={entries} />);
}

function PlainList({ entries }: { entries: readonly PlainEntry[] }) {
  // The compiler would remember what the virtualizer says, and the list would stand still.
  'use no memo';
  // oxlint-disable-next-line react/incompatible-library -- not remembered here
  const virtualizer = useWindowVirtualizer({ count: entries.length, estimateSize: () => 56, overscan: 6 });
  return (
    <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map(({ index, start }) => {
        const entry = entries[index];
        if (entry === undefined) return null;
        return (
          <article
            key={index}
            ref={virtualizer.measureElement}
            data-row
            data-index={index}
            aria-posinset={index + 1}
            aria-setsize={entries.length}
            className="absolute inset-x-0 top-0 border-t border-line bg-card px-3 py-2 text-sm"
            style={{ transform: `translateY(${start}px)` }}
          >
            <p className="font-bold">{entry.date.slice(0, 10)}</p>
            <h3>{entry.title}</h3>
            <p className="text-secondary">{entry.second}</p>
          </article>
        );
      })}
    </div>
  );
}
