import type { ReactNode } from 'react';

/** Names and values under each other, ruled, as a definition list. */
export function FactList({ children }: { children: ReactNode }) {
  return <dl className="text-sm">{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 border-b border-line py-1.5 last:border-b-0">
      <dt className="text-secondary">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
