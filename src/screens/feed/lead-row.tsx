import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import type { LeadRow } from './group-rows.ts';

export interface LeadRowProps {
  row: LeadRow;
  /** Reads a stream again, by its id. */
  onRetry: (stream: string) => void;
}

/** A heading, a line or a gap between entries. */
export function LeadRowView({ row, onRetry }: LeadRowProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  switch (row.type) {
    case 'now':
      return (
        <h2 className="flex items-center gap-3 px-1 pt-3 pb-2 text-sm text-now">
          <span className="h-0.5 flex-1 bg-now forced-colors:border-t-2" aria-hidden="true" />
          <span aria-hidden="true">{row.label}</span>
          <VisuallyHidden>{row.spoken}</VisuallyHidden>
          <span className="h-0.5 flex-1 bg-now forced-colors:border-t-2" aria-hidden="true" />
        </h2>
      );
    case 'band':
      return <Heading label={row.label} count={row.count} under={row.band === 'now'} hides={row.hides} />;
    case 'month':
      return <Heading label={row.label} count={row.count} strong={row.newYear} />;
    case 'untimed':
      return (
        <p className="border border-b-0 border-line bg-page px-3 py-1 text-xs text-secondary">
          {row.label}, {row.date}: {row.count === 1 ? '1 entry' : `${row.count} entries, in no known order`}
        </p>
      );
    case 'discharge':
    case 'withdrawn':
      return (
        <p className="flex gap-2 border border-b-0 border-line bg-card px-3 py-1 text-xs text-secondary">
          <Icon name={row.type === 'discharge' ? 'leave' : 'close'} size={14} className="mt-px" />
          <span>
            <span className="text-text">{row.date}</span> {row.label}
          </span>
        </p>
      );
    case 'gap':
      return (
        <div className="gap-ground flex flex-wrap items-center gap-x-3 gap-y-1 border border-b-0 border-gap-bar px-3 py-2 text-sm text-gap-ink">
          <Icon name="warning" className="text-gap-bar" />
          <span className="min-w-0 flex-1 basis-52">{row.label}</span>
          <Button
            icon="refresh"
            onClick={(event) => {
              // The marker goes once reading starts again: focus stays in its place in the feed.
              event.currentTarget.closest('article')?.focus({ preventScroll: true });
              onRetry(row.stream);
            }}
          >
            Try again
          </Button>
        </div>
      );
    case 'end':
      break;
  }
  return <p className="px-3 py-4 text-center text-sm text-secondary">{row.label}</p>;
}

interface HeadingProps {
  label: string;
  count: number;
  /** The first of its year. */
  strong?: boolean;
  /** Directly under the Now line. */
  under?: boolean;
  hides?: string | undefined;
}

function Heading({ label, count, strong = false, under = false, hides }: HeadingProps) {
  'use no memo';
  const look = `${strong ? 'text-base' : 'text-sm'} ${under ? '' : 'pt-3'}`;
  return (
    <h2 className={`flex flex-wrap items-baseline gap-x-2 px-1 pb-1 ${look}`}>
      {label}
      <span className="text-xs font-normal text-secondary">
        {count === 1 ? '1 entry' : `${count} entries`}
        {hides !== undefined && `, ${hides}`}
      </span>
    </h2>
  );
}
