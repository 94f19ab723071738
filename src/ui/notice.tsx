import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-shapes.ts';

const looks: Record<NoticeLook, { frame: string; icon: IconName; mark: string }> = {
  gap: { frame: 'bg-gap-tint text-gap-ink border-gap-bar', icon: 'warning', mark: 'text-gap-bar' },
  failure: { frame: 'bg-failure-tint text-failure border-failure', icon: 'failure', mark: 'text-failure' },
  plain: { frame: 'bg-card text-text border-control', icon: 'information', mark: 'text-secondary' },
};

type NoticeLook = 'gap' | 'failure' | 'plain';

export interface NoticeProps {
  look?: NoticeLook;
  children: ReactNode;
  /** Buttons that act on what is said. */
  actions?: ReactNode;
  className?: string;
}

/** A sentence that must be seen, with its icon, and what can be done about it beside it. */
export function Notice({ look = 'gap', children, actions, className }: NoticeProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const { frame, icon, mark } = looks[look];
  return (
    <div
      className={classNames(
        'flex max-w-full flex-wrap items-center gap-x-2.5 gap-y-1 rounded-sm border border-l-4 px-2.5 py-1 text-sm max-sm:gap-x-2 max-sm:px-2 max-sm:text-[0.8125rem] max-sm:leading-4.5',
        frame,
        className,
      )}
    >
      <Icon name={icon} className={mark} />
      <div className="min-w-0 flex-1 basis-48">{children}</div>
      {actions}
    </div>
  );
}
