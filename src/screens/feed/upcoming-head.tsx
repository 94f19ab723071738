import type { UpcomingRow } from '../../timeline/rows.ts';
import { Button } from '../../ui/button.tsx';

export interface UpcomingHeadProps {
  row: UpcomingRow;
  onToggle: () => void;
}

/** Heads the future: how many are booked, how many of them are shown, and a press that unfolds them all. */
export function UpcomingHead({ row, onToggle }: UpcomingHeadProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const shown = row.count - row.folded;
  return (
    <div className="flex flex-wrap items-center gap-x-3 px-1 pb-1">
      <h2 className="text-sm">{row.label}</h2>
      {row.complete && row.folded > 0 && (
        <span className="text-xs text-secondary">
          {row.count} booked, {shown} shown
        </span>
      )}
      {row.hides !== undefined && <span className="text-xs text-secondary">{row.hides}</span>}
      {row.complete && row.count > 1 && (
        <Button
          look="quiet"
          icon={row.expanded ? 'fold' : 'expand'}
          aria-expanded={row.expanded}
          onClick={onToggle}
          className="max-sm:-mt-1 max-sm:-mb-2"
        >
          {row.expanded ? 'Show only the next' : `Show all ${row.count}`}
        </Button>
      )}
    </div>
  );
}
