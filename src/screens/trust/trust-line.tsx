import type { ReactNode } from 'react';
import {
  type CompletenessFacts,
  completenessAttributes,
  noticesOf,
  type NoticeAction,
} from '../../timeline/completeness.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { focusOn } from '../../ui/skip-links.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { ActionButton } from './action-button.tsx';
import { GapNotices } from './gap-notices.tsx';
import { isGap, isSummary } from './is-gap.ts';
import { LoadProgress } from './load-progress.tsx';

export interface TrustLineProps {
  facts: CompletenessFacts;
  /** Streams that have not answered yet though they should have. */
  slow: readonly string[];
  /** Whether there is room for the gaps here; else they stand under the header (GapNotices), and are counted here. */
  withGaps: boolean;
  /** Whether there is room for buttons. */
  roomy: boolean;
  /** Who reads and since when, where the banner has no room for it. */
  opened: ReactNode;
  /** What came since the reader last looked. */
  news?: ReactNode;
  /** On what ground the record is read; it stands with the gaps. */
  access: ReactNode;
  onAction: (action: NoticeAction) => void;
}

/**
 * Can what is shown be trusted (T3): how much is loaded and how far back, and each gap in words. Its attributes are what
 * tests and tools hold on to (design.md). How loading goes on is told politely, gaps at once.
 */
export function TrustLine({ facts, slow, withGaps, roomy, opened, news, access, onAction }: TrustLineProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const notices = noticesOf(facts);
  const summary = notices.find(isSummary);
  const filtered = notices.find(({ kind }) => kind === 'filters');
  const gaps = notices.filter(isGap).length + slow.length;
  return (
    <section
      aria-label="What is shown"
      id="trust"
      tabIndex={-1}
      data-testid="completeness"
      {...completenessAttributes(facts)}
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-trust px-3 py-1 text-sm max-sm:text-[0.8125rem] max-sm:leading-4.5 sm:px-5"
    >
      <VisuallyHidden>
        {/* Said at the start and at the end; each page in between would be noise. */}
        <span role="status">{facts.status === 'loading' ? 'The record is loading.' : summary?.text}</span>
      </VisuallyHidden>
      <div className={roomy ? 'flex items-center gap-x-3' : 'min-w-0 flex-1 basis-56'}>
        <LoadProgress facts={facts} />
        <p className={roomy ? undefined : 'inline'}>{summary?.text}</p>
        {opened !== undefined && <p className="flex flex-wrap gap-x-3 text-xs text-secondary">{opened}</p>}
      </div>
      {!withGaps && gaps > 0 && (
        <Button icon="warning" onClick={() => focusOn('gaps')}>
          {gaps === 1 ? '1 gap' : `${gaps} gaps`}
        </Button>
      )}
      {roomy && <ActionButton action={summary?.action} onAction={onAction} />}
      <div className={filtered === undefined ? 'contents' : 'flex items-center gap-x-2 max-sm:w-full'}>
        {/* Always there, so that what a search or a filter leaves is heard when it changes (WCAG 2.2, 4.1.3). */}
        <p role="status" className="flex min-w-0 flex-1 items-center gap-1.5 empty:hidden">
          {filtered !== undefined && (
            <>
              <Icon name="filter" size={14} /> <b>{filtered.text}</b>
            </>
          )}
        </p>
        <ActionButton action={filtered?.action} onAction={onAction} />
      </div>
      {news}
      {withGaps && <GapNotices facts={facts} slow={slow} withActions={false} access={access} onAction={onAction} />}
    </section>
  );
}
