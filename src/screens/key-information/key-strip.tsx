import type { KeyInformationView } from '../../timeline/key-information/key-information.ts';
import type { KeySection } from '../../timeline/key-information/state.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { urgentSections } from './urgent-sections.ts';

export interface KeyStripProps {
  view: KeyInformationView;
  /** Opens the panel where it does not stand beside the list already. */
  onOpen: (() => void) | undefined;
}

/**
 * What must be known before anything else is read: allergies, alerts and plans, each in its state and never shortened.
 * What holds for every one of them is said once, at the end.
 */
export function KeyStrip({ view, onOpen }: KeyStripProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const sections: [string, KeySection][] = [['allergies', view.allergies], ...urgentSections(view)];
  const common = view.allergies.notes.filter((note) => sections.every(([, section]) => section.notes.includes(note)));
  return (
    <section
      aria-label="Allergies, alerts and plans"
      className="flex flex-wrap items-baseline gap-x-5 gap-y-0.5 border-b border-line bg-card px-4 py-1.5 text-sm sm:px-5"
    >
      {sections.map(([topic, section]) => (
        <Told key={topic} topic={topic} section={section} common={common} />
      ))}
      {common.length > 0 && <p className="font-bold">{common.join(' ')}</p>}
      {onOpen !== undefined && (
        <Button className="ml-auto" onClick={onOpen}>
          Key information
        </Button>
      )}
    </section>
  );
}

function Told({ topic, section, common }: { topic: string; section: KeySection; common: readonly string[] }) {
  'use no memo';
  const grave = section.state === 'known' || section.state === 'unavailable';
  // Red is for allergies alone: where everything is red, nothing is.
  const red = grave && topic === 'allergies';
  const items = section.items.map(({ text, detail, source }) => `${[text, ...detail].join(': ')} (${source})`);
  const notes = section.notes.filter((note) => !common.includes(note));
  return (
    <p data-testid={`key-${topic}`} data-state={section.state} className="min-w-0">
      <b className={red ? 'text-failure' : undefined}>
        {grave && (
          <Icon name="warning" size={15} className={`mr-1 inline-block align-[-2px] ${red ? '' : 'text-gap-bar'}`} />
        )}
        {section.title}
      </b>
      {items.length > 0 && <span className="ml-1.5">{items.join(' · ')}</span>}
      {notes.length > 0 && <span className="ml-1.5 text-secondary">{notes.join(' ')}</span>}
    </p>
  );
}
