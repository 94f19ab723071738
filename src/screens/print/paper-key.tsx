import type { ReactNode } from 'react';
import { alertTopics } from '../../timeline/key-information/alerts.ts';
import type { KeyInformationView, KeyList } from '../../timeline/key-information/key-information.ts';
import type { KeySection } from '../../timeline/key-information/state.ts';
import type { KeyItem } from '../../timeline/key-information/topics.ts';
import { Unbroken } from '../../ui/unbroken.tsx';
import { commonNotes } from '../key-information/common-notes.ts';

/** Key information on paper: each topic in its state, then the lists, each line with who states it and how old it is. */
export function PaperKey({ view }: { view: KeyInformationView }) {
  const { next } = view;
  const common = commonNotes(
    view.allergies,
    alertTopics.map((topic) => view.alerts[topic]),
  );
  return (
    <section className="paper-key">
      <h2 className="paper-part">Key information</h2>
      {common.length > 0 && <p className="paper-note">{common.join(' ')}</p>}
      <Topic section={view.allergies} common={common} />
      {alertTopics.map((topic) => (
        <Topic key={topic} section={view.alerts[topic]} common={common} />
      ))}
      <Listed title="Problems" list={view.problems} common={common} />
      <Listed title="Current medicines" list={view.medicines} common={common} />
      <Listed title="Care team" list={view.careTeam} common={common} more={reached} />
      <Listed title="Care plans" list={view.carePlans} common={common} />
      {view.listWarnings.length > 0 && (
        <Part title="What sources say about their own lists">
          <Lines items={view.listWarnings} />
        </Part>
      )}
      <Part title="Next bookings">
        {!next.complete && <p className="paper-note">A nearer one may not have been read.</p>}
        {next.appointments.length === 0 && next.complete && <p>Not recorded</p>}
        <ul>
          {next.appointments.map(({ key, when, title, detail, source }) => (
            <li key={key}>
              <Unbroken words={[when, title, ...detail, source].join(' · ')} />
            </li>
          ))}
        </ul>
      </Part>
    </section>
  );
}

function Topic({ section, common }: { section: KeySection; common: readonly string[] }) {
  return (
    <Part title={section.title}>
      <Notes notes={section.notes} common={common} />
      <Lines items={[...section.items, ...section.noneStatements]} />
    </Part>
  );
}

function Notes({ notes, common }: { notes: readonly string[]; common: readonly string[] }) {
  const own = notes.filter((note) => !common.includes(note));
  return own.length > 0 && <p className="paper-note">{own.join(' ')}</p>;
}

const emptyWords: Record<KeyList['state'], string> = {
  loading: 'Not read yet.',
  known: '',
  none: 'None, as stated by a clinician',
  'not-recorded': 'Not recorded',
  unavailable: 'Unavailable: could not be read',
};

interface ListedProps<T extends KeyItem> {
  title: string;
  list: KeyList<T>;
  /** Notes that are said once for all topics. */
  common: readonly string[];
  more?: (item: T) => readonly string[];
}

function Listed<T extends KeyItem>({ title, list, common, more }: ListedProps<T>) {
  return (
    <Part title={title}>
      {list.note !== undefined && <Notes notes={[list.note]} common={common} />}
      {list.items.length === 0 && <p>{emptyWords[list.state]}</p>}
      <Lines items={list.items} more={more} />
    </Part>
  );
}

function Lines<T extends KeyItem>({
  items,
  more,
}: {
  items: readonly T[];
  more?: ((item: T) => readonly string[]) | undefined;
}) {
  return (
    <ul>
      {items.map((item) => (
        <li key={item.key}>
          {item.label !== undefined && <span className="paper-label">{item.label} </span>}
          <b>
            <Unbroken words={item.text} />
          </b>
          {[...(more?.(item) ?? []), ...item.detail].map((words) => ` · ${words}`).join('')}
          {item.against.map((words) => ` · Sources differ: ${words}`).join('')}
          {item.narrative !== undefined && `. ${item.narrative}`}
          <span className="paper-said">
            <Unbroken
              words={` (${[item.source, item.recorded, item.by, item.certainty, item.age]
                .filter((words) => words !== undefined)
                .join(' · ')})`}
            />
          </span>
        </li>
      ))}
    </ul>
  );
}

function reached({ role, team, text, contacts }: KeyInformationView['careTeam']['items'][number]): string[] {
  const who = [role, team].filter((words) => words !== undefined && words !== text).map(String);
  return [...who, ...contacts.map(({ value }) => value)];
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
