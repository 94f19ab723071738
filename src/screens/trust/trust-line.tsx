import type { ReactNode } from 'react';
import {
  type CompletenessFacts,
  completenessAttributes,
  noticesOf,
  type NoticeAction,
} from '../../timeline/completeness.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { GapNotices } from './gap-notices.tsx';
import { ActionButton } from './action-button.tsx';
import { isGap } from './is-gap.ts';

export interface TrustLineProps {
  facts: CompletenessFacts;
  /** Streams that have not answered yet though they should have. */
  slow: readonly string[];
  /** Whether there is room for the gaps here, or they stand under the header (GapNotices). */
  withGaps: boolean;
  onAction: (action: NoticeAction) => void;
  /** Leads to the gaps when they stand elsewhere. */
  onShowGaps: () => void;
}

/**
 * Can what is shown be trusted (T3): how much is loaded and how far back, and each gap in words. Its attributes are what
 * tests and tools hold on to (design.md). How loading goes on is told politely, gaps at once.
 */
export function TrustLine({ facts, slow, withGaps, onAction, onShowGaps }: TrustLineProps) {
  const notices = noticesOf(facts);
  const summary = notices.find(({ kind }) => kind === 'loaded' || kind === 'empty');
  const filtered = notices.find(({ kind }) => kind === 'filters');
  const gaps = notices.filter(isGap).length + slow.length;
  return (
    <section
      aria-label="What is shown"
      id="trust"
      tabIndex={-1}
      data-testid="completeness"
      {...completenessAttributes(facts)}
      className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-trust px-4 py-1.5 text-sm sm:px-5"
    >
      <VisuallyHidden>
        {/* Said at the start and at the end; each page in between would be noise. */}
        <span role="status">{facts.status === 'loading' ? 'The record is loading.' : summary?.text}</span>
      </VisuallyHidden>
      <p className="flex items-center gap-2">
        {facts.status === 'loading' && (
          <progress className="h-1.5 w-10 accent-action" aria-label="Loading the record" />
        )}
        <span>{summary?.text}</span>
      </p>
      {summary?.action !== undefined && <ActionButton action={summary.action} onAction={onAction} />}
      {filtered !== undefined && (
        <Told action={<ActionButton action={filtered.action} onAction={onAction} />}>
          <Icon name="filter" size={14} /> <b>{filtered.text}</b>
        </Told>
      )}
      {withGaps ? (
        <GapNotices facts={facts} slow={slow} onAction={onAction} />
      ) : (
        gaps > 0 && (
          <Button look="quiet" icon="warning" onClick={onShowGaps}>
            {gaps === 1 ? '1 gap' : `${gaps} gaps`}
          </Button>
        )
      )}
    </section>
  );
}

function Told({ children, action }: { children: ReactNode; action: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <p className="flex items-center gap-1.5">{children}</p>
      {action}
    </div>
  );
}
