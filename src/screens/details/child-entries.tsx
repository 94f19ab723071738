import { useState } from 'react';
import type { MapContext } from '../../timeline/context.ts';
import type { Entry } from '../../timeline/entry.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Section } from '../../ui/section.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';
import { entryDate } from '../feed/entry-date.ts';
import { StatementView } from './statement-view.tsx';
import { WardMoves } from './ward-moves.tsx';

interface ChildEntriesProps {
  entries: readonly Entry[];
  context: MapContext;
  folded: boolean;
}

/** What happened within an entry: a call's linked visit with its outcome at once, its source's own words when opened in place. */
export function ChildEntries({ entries, context, folded }: ChildEntriesProps) {
  if (entries.length === 0) return null;
  return (
    <Section title="Within this">
      <ul className="text-sm">
        {entries.map((child) => (
          <Child key={child.key} child={child} context={context} folded={folded} />
        ))}
      </ul>
    </Section>
  );
}

function Child({ child, context, folded }: { child: Entry; context: MapContext; folded: boolean }) {
  const [open, setOpen] = useState(false);
  const { day, time } = entryDate(child);
  return (
    <li className="border-b border-line py-1.5 last:border-b-0">
      <div className="flex items-start justify-between gap-2">
        <div className="min-w-0">
          <p className="text-secondary">
            <Unbroken words={time === undefined ? day : `${day} ${time}`} />
          </p>
          <p>
            <b>{child.title}</b>
            <Unbroken words={[...child.detail, ...child.facts].map((words) => ` · ${words}`).join('')} />
          </p>
        </div>
        <Button
          aria-expanded={open}
          aria-label={`${open ? 'Hide' : 'More on'} ${child.title}`}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Hide' : 'More'}
        </Button>
      </div>
      {child.cautions.length > 0 && (
        <p className="mt-1 flex flex-wrap gap-1">
          {child.cautions.map((caution) => (
            <Chip key={caution} look="caution" icon="warning">
              {caution}
            </Chip>
          ))}
        </p>
      )}
      {open && (
        <>
          <WardMoves moves={child.moves} />
          {child.statements.map((statement) => (
            <StatementView key={statement.reference} statement={statement} context={context} folded={folded} />
          ))}
        </>
      )}
    </li>
  );
}
