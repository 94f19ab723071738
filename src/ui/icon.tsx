import { iconShapes, type IconName } from './icon-shapes.ts';

export interface IconProps {
  name: IconName;
  /** Side in CSS pixels. */
  size?: number;
  className?: string;
}

/** A line drawing in the colour of its text. Decoration: the word beside it says the same to everybody. */
export function Icon({ name, size = 16, className }: IconProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      className={className === undefined ? 'shrink-0' : `shrink-0 ${className}`}
    >
      <path d={iconShapes[name]} />
    </svg>
  );
}
