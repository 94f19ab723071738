import { useCallback, useState, type ReactNode } from 'react';
import type { Session } from '../../launch/session.ts';
import type { RecordState } from '../../record/record-state.ts';
import type { TrendAsk } from '../../timeline/trends/trend-ask.ts';
import { lazyPart } from '../lazy-part.tsx';
import { TitledSheet } from '../titled-sheet.tsx';
import { OpenTrend } from './open-trend.ts';
import type { TrendSheetProps } from './trend-sheet.tsx';

const { Part: TrendSheet } = lazyPart<TrendSheetProps>(async () => (await import('./trend-sheet.tsx')).TrendSheet, {
  waiting: 'Opening the results.',
  failed: 'These results could not be opened: a part of this page did not arrive. Nothing of them is shown here.',
  frame: (told, { ask, onClose }) => (
    <TitledSheet title={ask.name} onClose={onClose}>
      {told}
    </TitledSheet>
  ),
});

export interface TrendHostProps {
  session: Session;
  state: RecordState;
  /** Epoch milliseconds. */
  now: number;
  children: ReactNode;
}

/** Lets anything inside open results over time, in a sheet over the page; closing it goes back to what was pressed. */
export function TrendHost({ session, state, now, children }: TrendHostProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const [open, setOpen] = useState<{ ask: TrendAsk; from: Element | null }>();
  const show = useCallback((ask: TrendAsk) => setOpen({ ask, from: document.activeElement }), []);
  const close = () => {
    setOpen(undefined);
    // Only once the sheet is gone can what lies beneath it take focus.
    requestAnimationFrame(() => open?.from instanceof HTMLElement && open.from.focus());
  };
  return (
    <OpenTrend value={show}>
      {children}
      {open !== undefined && (
        <TrendSheet
          key={open.ask.codes.join()}
          session={session}
          ask={open.ask}
          now={now}
          sources={state.sources}
          sourcesRead={state.sourcesRead}
          withheld={state.withheld}
          onClose={close}
        />
      )}
    </OpenTrend>
  );
}
