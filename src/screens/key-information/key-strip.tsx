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

/** What must be known before anything else is read: allergies, alerts and plans, each in its state and never shortened. */
export function KeyStrip({ view, onOpen }: KeyStripProps) {
  return (
    <section
      aria-label="Allergies, alerts and plans"
      className="flex flex-wrap items-baseline gap-x-5 gap-y-1 border-b border-line bg-card px-4 py-1.5 text-sm sm:px-5"
    >
      <Told section={view.allergies} testId="allergies" />
      {urgentSections(view).map(([topic, section]) => (
        <Told key={topic} section={section} testId={topic} />
      ))}
      {onOpen !== undefined && (
        <Button className="ml-auto" onClick={onOpen}>
          Key information
        </Button>
      )}
    </section>
  );
}

function Told({ section, testId }: { section: KeySection; testId: string }) {
  const grave = section.state === 'known' || section.state === 'unavailable';
  // Red is for allergies alone: where everything is red, nothing is.
  const red = grave && testId === 'allergies';
  const words = [
    ...section.items.map(({ text, detail, source }) => `${[text, ...detail].join(': ')} (${source})`),
    ...section.notes,
  ];
  return (
    <p data-testid={`key-${testId}`} data-state={section.state} className="min-w-0">
      <b className={red ? 'text-failure' : undefined}>
        {grave && (
          <Icon name="warning" size={15} className={`mr-1 inline-block align-[-2px] ${red ? '' : 'text-gap-bar'}`} />
        )}
        {section.title}
      </b>
      {words.length > 0 && <span className="ml-2">{words.join(' · ')}</span>}
    </p>
  );
}
