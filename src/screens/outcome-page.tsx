import type { ReactNode } from 'react';
import { Icon } from '../ui/icon.tsx';

/** The page for every moment without a record: one card with the product's name, and never anything like a timeline. */
export function OutcomePage({ children }: { children: ReactNode }) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  return (
    <div className="mx-auto max-w-2xl px-4 py-8 sm:py-16">
      <header className="mb-3 flex items-center gap-2 font-bold text-secondary">
        <Icon name="clock" /> Care Timeline
      </header>
      <main className="rounded border border-t-4 border-line border-t-brand bg-card p-5 sm:p-8">{children}</main>
    </div>
  );
}
