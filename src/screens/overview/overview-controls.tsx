import { useState } from 'react';
import type { MonthSpan } from '../../timeline/overview/months.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { OverviewWindow } from './use-overview-window.ts';

export interface OverviewControlsProps {
  control: OverviewWindow;
  /** `Nov-2024 to Jan-2027, 57 entries`, of any window. */
  wordsOf: (window: MonthSpan) => string;
  /** Whether the list is cut to a period already. */
  cut: boolean;
  onOnly: () => void;
  onAllDates: () => void;
  onTable: () => void;
}

const small = 'min-h-6.5! px-1.5! text-xs! max-sm:min-h-11!';
const square = `${small} min-w-7 max-sm:min-w-11`;

/** What dragging does, as buttons; what they come to is said to those who listen. */
export function OverviewControls({ control, wordsOf, cut, onOnly, onAllDates, onTable }: OverviewControlsProps) {
  const [said, setSaid] = useState('');
  const half = Math.max(1, Math.round(control.window.months / 2));
  const say = (window: MonthSpan) => setSaid(wordsOf(window));
  return (
    <>
      {/* On a phone above the words, so that these share a line with what cuts the list. */}
      <div className="flex flex-wrap items-center gap-1 max-sm:-order-1 max-sm:basis-full sm:ml-auto">
        <Button className={square} aria-label="Older" onClick={() => say(control.move(-half))}>
          <Icon name="expand" className="rotate-90" />
        </Button>
        <Button className={square} aria-label="Newer" onClick={() => say(control.move(half))}>
          <Icon name="expand" className="-rotate-90" />
        </Button>
        <Button className={square} aria-label="Zoom out" onClick={() => say(control.zoom('out'))}>
          −
        </Button>
        <Button className={square} aria-label="Zoom in" onClick={() => say(control.zoom('in'))}>
          +
        </Button>
        <Button className={small} onClick={() => say(control.today())}>
          Today
        </Button>
        <Button className={small} onClick={onTable}>
          In words
        </Button>
      </div>
      {cut ? (
        <Button className={small} onClick={onAllDates}>
          Show all dates
        </Button>
      ) : (
        <Button className={small} onClick={onOnly}>
          Show only this period
        </Button>
      )}
      <span role="status" className="sr-only">
        {said}
      </span>
    </>
  );
}
