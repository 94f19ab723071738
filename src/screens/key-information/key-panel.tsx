import type { ReactNode } from 'react';
import { alertTopics } from '../../timeline/key-information/alerts.ts';
import type { TeamMember } from '../../timeline/key-information/care-team.ts';
import type { KeyInformationView, KeyList } from '../../timeline/key-information/key-information.ts';
import type { KeyItem } from '../../timeline/key-information/topics.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';
import { commonNotes } from './common-notes.ts';
import { KeyItemLine } from './key-item-line.tsx';
import { KeySectionView } from './key-section-view.tsx';
import { NextAppointmentView } from './next-appointment-view.tsx';
import { TeamLine } from './team-line.tsx';

export interface KeyPanelProps {
  view: KeyInformationView;
  /** Whether anything of it could not be read, so that it can be read again. */
  failed: boolean;
  onRetry: () => void;
}

/** All key information: allergies, alerts and plans in their states, then problems, medicines, team and next booking. */
export function KeyPanel({ view, failed, onRetry }: KeyPanelProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
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
      <Listed title="Problems" list={view.problems} common={common} line={plainLine} />
      <Listed title="Current medicines" list={view.medicines} common={common} line={plainLine} />
      <Listed title="Care team" list={view.careTeam} common={common} line={teamLine} />
      <NextAppointmentView next={view.next} />
    </>
  );
}

interface ListedProps<T extends KeyItem> {
  title: string;
  list: KeyList<T>;
  /** Notes that are shown once for all topics: here they are only heard. */
  common: readonly string[];
  line: (item: T) => ReactNode;
}

function Listed<T extends KeyItem>({ title, list, common, line }: ListedProps<T>) {
  'use no memo';
  return (
    <Section title={title} aside={list.items.length > 0 ? list.items.length : undefined}>
      {list.note !== undefined && (
        <p className={common.includes(list.note) ? 'sr-only' : 'text-sm font-bold text-gap-ink'}>{list.note}</p>
      )}
      {list.items.length === 0 ? (
        <p className="text-sm">{emptyWords[list.status]}</p>
      ) : (
        <ul className="text-sm">{list.items.map(line)}</ul>
      )}
    </Section>
  );
}

function plainLine(item: KeyItem): ReactNode {
  return <KeyItemLine key={item.key} item={item} />;
}

function teamLine(member: TeamMember): ReactNode {
  return <TeamLine key={member.key} member={member} />;
}

const emptyWords: Record<KeyList['status'], string> = {
  loading: 'Being read.',
  read: 'Not recorded',
  failed: 'Could not be read',
};
