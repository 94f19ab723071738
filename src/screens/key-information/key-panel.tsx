import { useMemo, type ReactNode } from 'react';
import type { Session } from '../../launch/session.ts';
import { alertTopics } from '../../timeline/key-information/alerts.ts';
import type { TeamMember } from '../../timeline/key-information/care-team.ts';
import { type KeyInput, type KeyList, keyInformationOf } from '../../timeline/key-information/key-information.ts';
import { lineOf, linesOf } from '../../timeline/key-information/lines.ts';
import type { KeyItem } from '../../timeline/key-information/topics.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ResultsList } from '../trends/results-list.tsx';
import { commonNotes } from './common-notes.ts';
import { Fold } from './fold.tsx';
import { KeyLineView } from './key-line-view.tsx';
import { KeySectionView } from './key-section-view.tsx';
import { NextAppointmentsView } from './next-appointments-view.tsx';
import { TeamLine } from './team-line.tsx';

export interface KeyPanelProps {
  session: Session;
  input: KeyInput;
  /** Whether anything of it could not be read, so that it can be read again. */
  failed: boolean;
  onRetry: () => void;
}

/**
 * All key information: allergies, alerts and plans in their states first, then what folds to a count: problems, medicines,
 * bookings, care team, care plans, results.
 */
export function KeyPanel({ session, input, failed, onRetry }: KeyPanelProps) {
  const view = useMemo(() => keyInformationOf(input), [input]);
  const common = commonNotes(
    view.allergies,
    alertTopics.map((topic) => view.alerts[topic]),
  );
  return (
    <>
      {failed && (
        <Notice
          className="mt-2"
          actions={
            <Button icon="refresh" onClick={onRetry}>
              Try again
            </Button>
          }
        >
          Some of the key information could not be read.
        </Notice>
      )}
      {common.length > 0 && <p className="mt-1 text-sm font-bold text-gap-ink">{common.join(' ')}</p>}
      <KeySectionView section={view.allergies} common={common} red />
      {alertTopics.map((topic) => (
        <KeySectionView key={topic} section={view.alerts[topic]} common={common} />
      ))}
      {view.listWarnings.length > 0 && (
        <section aria-label="What sources say about their own lists" className="mt-3">
          <h3 className="text-sm">What sources say about their own lists</h3>
          <ul className="text-sm">
            {view.listWarnings.map((item) => (
              <KeyLineView key={item.key} line={lineOf([item])} />
            ))}
          </ul>
        </section>
      )}
      <div className="mt-3">
        <Listed title="Problems" list={view.problems} common={common} open>
          {plainLines}
        </Listed>
        <Listed title="Current medicines" list={view.medicines} common={common} open>
          {plainLines}
        </Listed>
        <NextAppointmentsView next={view.next} />
        <Listed title="Care team" list={view.careTeam} common={common}>
          {teamLines}
        </Listed>
        <Listed title="Care plans" list={view.carePlans} common={common}>
          {plainLines}
        </Listed>
        <Fold title="Results and trends">{() => <ResultsList session={session} facts={input.facts} />}</Fold>
      </div>
    </>
  );
}

interface ListedProps<T extends KeyItem> {
  title: string;
  list: KeyList<T>;
  /** Notes that are shown once for all topics: here they are only heard. */
  common: readonly string[];
  open?: boolean;
  children: (items: readonly T[]) => ReactNode;
}

/** A list that folds to its count. What cannot be counted on is said beside the title, folded or not. */
function Listed<T extends KeyItem>({ title, list, common, open = false, children }: ListedProps<T>) {
  const { items, state, note } = list;
  const count = items.length > 0 ? linesOf(items).length : undefined;
  // A count that may be short says so, folded or not; what holds for all topics is said above them.
  const short = note !== undefined && !common.includes(note);
  const aside = count === undefined ? emptyWords[state] : short ? `${count}, may be incomplete` : count;
  return (
    <Fold title={title} aside={aside} open={open && count !== undefined}>
      {() => (
        <>
          {note !== undefined && (
            <p className={common.includes(note) ? 'sr-only' : 'text-sm font-bold text-gap-ink'}>{note}</p>
          )}
          {items.length > 0 && <ul className="text-sm">{children(items)}</ul>}
        </>
      )}
    </Fold>
  );
}

function plainLines(items: readonly KeyItem[]): ReactNode {
  return linesOf(items).map((line) => <KeyLineView key={line.key} line={line} />);
}

function teamLines(members: readonly TeamMember[]): ReactNode {
  return members.map((member) => <TeamLine key={member.key} member={member} />);
}

const emptyWords: Record<KeyList['state'], string> = {
  loading: 'Being read',
  known: '',
  none: 'None, as stated by a clinician',
  'not-recorded': 'Not recorded',
  unavailable: 'Unavailable',
};
