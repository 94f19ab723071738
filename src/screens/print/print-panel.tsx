import { useState } from 'react';
import type { Session } from '../../launch/session.ts';
import type { Banner } from '../../timeline/banner.ts';
import { isFiltering, noFilter } from '../../timeline/filter.ts';
import { type KeyInput, keyInformationOf } from '../../timeline/key-information/key-information.ts';
import { filterWords } from '../../timeline/print/filter-words.ts';
import { entriesOfPeriod, type PaperInput } from '../../timeline/print/paper-words.ts';
import { periodOf } from '../../timeline/print/period.ts';
import { type TimelineViewInput, viewOf } from '../timeline-view.ts';
import { useOwnAccess } from '../access/use-own-access.ts';
import { TitledSheet } from '../titled-sheet.tsx';
import './paper.css';
import { Paper } from './paper.tsx';
import { PrintForm, type PrintWish } from './print-form.tsx';

export interface PrintPanelProps {
  session: Session;
  banner: Banner;
  /** What the page is laid out from, with the filter in force. */
  view: Omit<TimelineViewInput, 'upcomingExpanded'>;
  /** Streams whose answer is overdue, in words. */
  slow: readonly string[];
  keyInformation: KeyInput;
  onClose: () => void;
}

const firstWish: PrintWish = { choice: '12-months', from: '', to: '', withKey: true, filtered: false };

/** Print (T13): asks for the period, then prints it as a document of its own, which leaves the page when printing ends. */
export function PrintPanel({ session, banner, view, slow, keyInformation, onClose }: PrintPanelProps) {
  const { known } = useOwnAccess(session, session.openedFrom !== undefined);
  const [wish, setWish] = useState(firstWish);
  const [printedAt, setPrintedAt] = useState<number>();
  const [refused, setRefused] = useState(false);
  const period = periodOf(wish.choice, view.mapped.context.now, wish.from, wish.to);
  const input = typeof period === 'string' ? undefined : paperInput(view, slow, period, wish.filtered);

  // On paper it stands on what ground it was read: nothing is printed before that is known, or known not to be.
  if (printedAt !== undefined && input !== undefined && known.status !== 'reading') {
    return (
      <Paper
        {...input}
        session={session}
        access={known}
        banner={banner}
        sources={view.state.sources}
        sourcesRead={view.state.sourcesRead}
        keyInformation={wish.withKey ? keyInformationOf(keyInformation) : undefined}
        printedAt={printedAt}
        onDone={onClose}
        onRefused={() => {
          setPrintedAt(undefined);
          setRefused(true);
        }}
      />
    );
  }
  return (
    <TitledSheet title="Print" onClose={onClose}>
      <PrintForm
        wish={wish}
        onWish={setWish}
        input={input}
        problem={typeof period === 'string' ? period : undefined}
        hidden={isFiltering(view.filter) ? viewOf({ ...view, upcomingExpanded: true }).facts.hidden : 0}
        refused={refused}
        onPrint={() => {
          setRefused(false);
          setPrintedAt(Date.now());
        }}
      />
    </TitledSheet>
  );
}

function paperInput(
  view: PrintPanelProps['view'],
  slow: readonly string[],
  period: PaperInput['period'],
  followsFilter: boolean,
): PaperInput {
  const whole = { ...view, filter: noFilter, upcomingExpanded: true };
  const { record, context } = view.mapped;
  const mapped = { context, record: { ...record, entries: entriesOfPeriod(record.entries, period) } };
  const { layout } = viewOf({ ...whole, mapped, filter: followsFilter ? view.filter : noFilter });
  return {
    period,
    layout,
    facts: viewOf(whole).facts,
    slow,
    filtered: followsFilter ? { hidden: layout.hidden, words: filterWords(view.filter) } : undefined,
  };
}
