import type { ReactNode } from 'react';

export interface CheckRowProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** Icon and words. */
  children: ReactNode;
  /** Said at the end of the row, and part of its name: a count. */
  count: ReactNode;
}

/** A checkbox with its words and a count; the whole row takes the press, 32 px high, 44 px on a phone. */
export function CheckRow({ checked, onChange, children, count }: CheckRowProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  return (
    <label className="flex min-h-8 items-center gap-2 rounded-sm px-1 py-0.5 text-sm hover:bg-future max-sm:min-h-11">
      <input
        type="checkbox"
        className="size-4 shrink-0 accent-action"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      {/* Words stay whole: where there is little room the count takes two lines, not they. */}
      <span className="flex flex-1 items-center gap-2 [overflow-wrap:break-word]">{children}</span>
      <span className="text-right text-secondary tabular-nums">{count}</span>
    </label>
  );
}
