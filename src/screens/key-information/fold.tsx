import { type ReactNode, useId, useState } from 'react';
import { Icon } from '../../ui/icon.tsx';

export interface FoldProps {
  title: string;
  /** Said beside the title, folded or not: a count. */
  aside?: ReactNode;
  /** Whether it stands open at first. */
  open?: boolean;
  /** Drawn only once it has been opened. */
  children: () => ReactNode;
}

/** A titled part of the panel that folds to its title and count. */
export function Fold({ title, aside, open = false, children }: FoldProps) {
  const id = useId();
  const [opened, setOpened] = useState(open);
  return (
    <details
      aria-labelledby={id}
      className="group mt-2 border-t border-line pt-1"
      open={open}
      onToggle={(event) => {
        if (event.currentTarget.open) setOpened(true);
      }}
    >
      <summary className="flex min-h-7 cursor-pointer items-center gap-2 text-sm max-sm:min-h-11">
        <Icon name="expand" size={14} className="text-secondary group-open:rotate-180" />
        <h3 id={id} className="text-sm">
          {title}
        </h3>
        {aside !== undefined && <span className="text-secondary">{aside}</span>}
      </summary>
      {opened && children()}
    </details>
  );
}
