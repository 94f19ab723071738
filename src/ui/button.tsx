import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-shapes.ts';

const base =
  'inline-flex items-center justify-center gap-1.5 rounded border wrap-break-word px-2.5 py-0.5 text-sm font-bold leading-5 min-h-7 max-sm:min-h-11 max-sm:px-3.5';
const looks = {
  plain: 'border-control bg-card text-link hover:bg-future',
  primary: 'border-action bg-action text-on-action hover:underline',
  quiet: 'border-transparent bg-transparent text-link underline underline-offset-2 hover:bg-future',
};

export interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof looks;
  icon?: IconName;
}

/** A press that does something here. At least 28 px high, 44 px on a phone (WCAG 2.5.8). */
export function Button({ look = 'plain', icon, className, children, type = 'button', ...rest }: ButtonProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  return (
    <button type={type} className={classNames(base, looks[look], className)} {...rest}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  );
}

export interface LinkButtonProps extends ComponentProps<'a'> {
  look?: keyof typeof looks;
  icon?: IconName;
}

/** A link that looks like a press, for what goes somewhere else. */
export function LinkButton({ look = 'plain', icon, className, children, ...rest }: LinkButtonProps) {
  'use no memo';
  return (
    <a className={classNames(base, looks[look], className)} {...rest}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </a>
  );
}
