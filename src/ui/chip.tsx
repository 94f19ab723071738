import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-shapes.ts';

const looks = {
  plain: 'border-control text-text bg-card',
  caution: 'border-gap-bar text-gap-ink bg-gap-tint font-bold',
  news: 'border-link text-link bg-card font-bold',
  quiet: 'border-line text-secondary bg-card',
};

export interface ChipProps {
  look?: keyof typeof looks;
  icon?: IconName;
  children: ReactNode;
}

/** A short fact in a frame; without an icon it holds nothing but words. Long ones wrap inside it: nothing is ever cut. */
export function Chip({ look = 'plain', icon, children }: ChipProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  return (
    <span
      className={classNames(
        'inline-flex max-w-full items-center gap-1 rounded-sm border px-1.5 py-px text-xs leading-4',
        looks[look],
      )}
    >
      {icon === undefined ? (
        children
      ) : (
        <>
          <Icon name={icon} size={13} />
          <span>{children}</span>
        </>
      )}
    </span>
  );
}
