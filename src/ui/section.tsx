import { useId, type ReactNode } from 'react';

export interface SectionProps {
  title: string;
  /** Said beside the title: a count, an age. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled part of a panel. */
export function Section({ title, aside, children }: SectionProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-4">
      <div className="mb-1 flex flex-wrap items-baseline gap-x-2">
        <h3 id={id} className="text-sm text-secondary">
          {title}
        </h3>
        {aside !== undefined && <span className="text-xs text-secondary">{aside}</span>}
      </div>
      {children}
    </section>
  );
}
