import type { ReactNode } from 'react';
import {
  type CompletenessFacts,
  type Notice as Told,
  noticesOf,
  type NoticeAction,
} from '../../timeline/completeness.ts';
import { Notice } from '../../ui/notice.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';
import { ActionButton } from './action-button.tsx';
import { isAside, isGap, isSummary } from './is-gap.ts';

export interface GapNoticesProps {
  facts: CompletenessFacts;
  slow: readonly string[];
  /** Whether the summary's button stands here, where the header has no room for it. */
  withActions: boolean;
  /** On what ground the record is read. */
  access: ReactNode;
  onAction: (action: NoticeAction) => void;
}

/** Each gap in a frame of its own with what can be done, then what is undated, left out or withheld, in plain words. */
export function GapNotices({ facts, slow, withActions, access, onAction }: GapNoticesProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const notices = noticesOf(facts);
  const gaps = notices.filter(isGap);
  const summary = notices.find(isSummary);
  return (
    <div id="gaps" tabIndex={-1} className="flex min-w-0 flex-1 basis-100 flex-wrap items-center gap-x-3 gap-y-1">
      <div role="alert" className="contents">
        {gaps.map((gap) => (
          <Notice key={gap.key} actions={<ActionButton action={gap.action} onAction={onAction} />}>
            <Unbroken words={gap.text} />
          </Notice>
        ))}
        {slow.map((name) => (
          <Notice key={`slow:${name}`}>{name} have not been read yet: no answer so far. Entries may be missing.</Notice>
        ))}
      </div>
      {withActions && moves(summary) && <ActionButton action={summary?.action} onAction={onAction} />}
      <p className="min-w-0 text-xs text-secondary max-sm:flex-1 max-sm:basis-50">
        {notices.filter(isAside).map(({ key, text }) => (
          <span key={key} className="mr-3">
            {text}{' '}
          </span>
        ))}
        {/* Said on every record, whatever is new in it (misreading 18). */}
        <span>Viewing here does not file or act.</span>
      </p>
      {access}
    </div>
  );
}

/** Stop, and load the rest. What is not connected has a button of its own wherever this one has no room. */
function moves(summary: Told | undefined): boolean {
  return summary?.action?.what === 'stop' || summary?.action?.what === 'resume';
}
