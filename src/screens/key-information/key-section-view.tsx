import type { KeySection } from '../../timeline/key-information/state.ts';
import { Icon } from '../../ui/icon.tsx';
import { KeyItemLine } from './key-item-line.tsx';

export interface KeySectionViewProps {
  section: KeySection;
  /** Notes that are shown once for all topics: here they are only heard. */
  common: readonly string[];
  red?: boolean;
}

/** A topic where silence misleads: its state is its heading, what is missing stands beneath, then who states what. */
export function KeySectionView({ section, common, red = false }: KeySectionViewProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const grave = section.state === 'known' || section.state === 'unavailable';
  return (
    <section aria-label={section.title} className="mt-3">
      <h3 className={`flex items-center gap-1.5 text-sm ${grave && red ? 'text-failure' : 'text-text'}`}>
        {grave && <Icon name="warning" className={red ? undefined : 'text-gap-bar'} />}
        {section.title}
      </h3>
      {section.notes.map((note) => (
        <p key={note} className={common.includes(note) ? 'sr-only' : 'text-xs text-secondary'}>
          {note}
        </p>
      ))}
      <ul className="text-sm">
        {[...section.items, ...section.noneStatements].map((item) => (
          <KeyItemLine key={item.key} item={item} />
        ))}
      </ul>
    </section>
  );
}
