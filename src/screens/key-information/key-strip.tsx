import { useMemo } from 'react';
import type { KeySection } from '../../timeline/key-information/state.ts';
import type { KeyFacts } from '../../timeline/key-information/topics.ts';
import { urgentInformationOf } from '../../timeline/key-information/urgent.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { commonNotes } from './common-notes.ts';
import { saidOnce } from './said-once.ts';
import { stripLabel, stripLook } from './strip-look.ts';
import { unreadAlerts, unreadWords, urgentSections } from './urgent-sections.ts';

export interface KeyStripProps {
  /** The same object as long as nothing has been read since. */
  facts: KeyFacts;
  /** Where there is little room alerts and plans are named and counted; their words stand in Key information. */
  compact: boolean;
  /** Opens the panel where it does not stand beside the list already. */
  onOpen: (() => void) | undefined;
}

/**
 * What must be known before anything else is read: allergies in full, alerts and plans, each in its state. What holds for
 * every one of them is shown once, at the end, and heard with each.
 */
export function KeyStrip({ facts, compact, onOpen }: KeyStripProps) {
  // What is costly is remembered here; the rest costs more bytes than it saves work.
  'use no memo';
  const view = useMemo(() => urgentInformationOf(facts), [facts]);
  const urgent = urgentSections(view);
  const unread = unreadAlerts(view);
  const [firstUnread] = unread;
  const common = commonNotes(view.allergies, [...urgent.map(([, section]) => section), ...unread]);
  return (
    <section aria-label={stripLabel} className={stripLook}>
      <Told topic="allergies" section={view.allergies} common={common} counted={false} />
      {urgent.map(([topic, section]) => (
        <Told
          key={topic}
          topic={topic}
          section={section}
          common={common}
          // Several plans do not settle each other and are read in the panel, each whole: half of them in a line misleads.
          counted={compact || (topic === 'resuscitation' && section.items.length > 1)}
        />
      ))}
      {firstUnread !== undefined && (
        <Told
          topic="unread-alerts"
          section={{ ...firstUnread, title: unreadWords(unread) }}
          common={common}
          counted={false}
        />
      )}
      {common.length > 0 && (
        <p aria-hidden="true" className="font-bold">
          {common.join(' ')}
        </p>
      )}
      {onOpen !== undefined && (
        // It comes when an entry is opened: the line keeps its height, so that nothing below it moves. On a line of its own it
        // covers no words of the one above.
        <Button className="-my-0.5 ml-auto min-h-6! py-0!" onClick={onOpen}>
          Key information
        </Button>
      )}
    </section>
  );
}

interface ToldProps {
  topic: string;
  section: KeySection;
  common: readonly string[];
  /** Whether its items are only counted here. */
  counted: boolean;
}

function Told({ topic, section, common, counted }: ToldProps) {
  'use no memo';
  const grave = section.state === 'known' || section.state === 'unavailable';
  // Red is for allergies alone: where everything is red, nothing is.
  const red = grave && topic === 'allergies';
  // Where an allergy is qualified, its line must not hide that.
  const items = saidOnce(section.items, topic === 'allergies');
  const isHeard = (note: string) => common.includes(note) || (counted && isCount(note));
  const shown = section.notes.filter((note) => !isHeard(note));
  const heard = section.notes.filter(isHeard);
  return (
    <p data-testid={`key-${topic}`} data-state={section.state} className="min-w-0">
      <b className={red ? 'text-failure' : undefined}>
        {grave && (
          <Icon name="warning" size={15} className={`mr-1 inline-block align-[-2px] ${red ? '' : 'text-gap-bar'}`} />
        )}
        {section.title}
        {counted && items.length > 0 && `: ${items.length}`}
      </b>
      {!counted && items.length > 0 && <span className="ml-0.5">{` ${items.join(' · ')}`}</span>}
      {shown.length > 0 && <span className="ml-0.5 text-secondary">{` ${shown.join(' ')}`}</span>}
      {heard.length > 0 && <span className="sr-only"> {heard.join(' ')}</span>}
    </p>
  );
}

/** `2 statements: read each.`: where they are counted the number stands beside the title already. */
function isCount(note: string): boolean {
  return /^\d+ statements:/.test(note);
}
