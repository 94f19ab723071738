import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** Names and values under each other, ruled, as a definition list. */
export function FactList({ children }: { children: ReactNode }) {
  return <dl className="text-sm">{children}</dl>;
}

interface FactProps {
  name: string;
  /** The name stands above the value where its container (`@container`) is narrow. */
  stacked?: boolean;
  children: ReactNode;
}

export function Fact({ name, stacked = false, children }: FactProps) {
  return (
    <div
      className={classNames(
        'grid gap-x-3 border-b border-line py-1.5 last:border-b-0',
        stacked ? '@2xs:grid-cols-[7rem_minmax(0,1fr)]' : 'grid-cols-[7rem_minmax(0,1fr)]',
      )}
    >
      <dt className="text-secondary">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
