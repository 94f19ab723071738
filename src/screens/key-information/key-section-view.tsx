import { linesOf } from '../../timeline/key-information/lines.ts';
import type { KeySection } from '../../timeline/key-information/state.ts';
import { Icon } from '../../ui/icon.tsx';
import { KeyLineView } from './key-line-view.tsx';

export interface KeySectionViewProps {
  section: KeySection;
  /** Notes that are shown once for all topics: here they are only heard. */
  common: readonly string[];
  red?: boolean;
}

/** A topic where silence misleads: its state is its heading, what is missing stands beneath, then who states what. */
export function KeySectionView({ section, common, red = false }: KeySectionViewProps) {
  const grave = section.state === 'known' || section.state === 'unavailable';
  const lines = [...linesOf(section.items), ...linesOf(section.noneStatements)];
  return (
    <section aria-label={section.title} className={grave ? 'mt-3' : 'mt-0.5'}>
      <h3
        className={`flex items-center gap-1.5 text-sm ${grave ? '' : 'font-normal'} ${grave && red ? 'text-failure' : 'text-text'}`}
      >
        {grave && <Icon name="warning" className={red ? undefined : 'text-gap-bar'} />}
        {section.title}
      </h3>
      {section.notes.map((note) => (
        <p key={note} className={noteLook(note, common)}>
          {note}
        </p>
      ))}
      {lines.length > 0 && (
        <ul className="text-sm">
          {lines.map((line) => (
            <KeyLineView key={line.key} line={line} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** Where sources differ is graver than that something may be missing. */
function noteLook(note: string, common: readonly string[]): string {
  if (common.includes(note)) return 'sr-only';
  return /^Sources differ|read each/.test(note) ? 'text-sm font-bold text-gap-ink' : 'text-xs text-secondary';
}
