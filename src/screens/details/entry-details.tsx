import { useEffect, useId, useRef, useState } from 'react';
import type { Session } from '../../launch/session.ts';
import { useEntryDetails } from '../../record/entry-details.ts';
import type { MapContext } from '../../timeline/context.ts';
import { laneNames, type Entry } from '../../timeline/entry.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';
import { entryDate } from '../feed/entry-date.ts';
import { LaneMark } from '../lane-mark.tsx';
import { ChildEntries } from './child-entries.tsx';
import { holdsMentalHealth } from './folded-reasons.ts';
import { readsOwn } from '../my-choices/reads-own.ts';
import { SealItem } from '../my-choices/seal-item.tsx';
import { JoinedSection } from './joined-section.tsx';
import { LinkedSections } from './linked-sections.tsx';
import { StatementList } from './statement-list.tsx';
import { UnsureSection } from './unsure-section.tsx';
import { WardMoves } from './ward-moves.tsx';

export interface EntryDetailsProps {
  session: Session;
  entry: Entry;
  /** What became no row because it belongs to this entry: letters and reports read already. */
  linked: readonly Entry['statements'][number][];
  context: MapContext;
  /** Over the list on a narrow screen, beside it on a wide one. */
  over: boolean;
  onClose: () => void;
  /** The row with this key, as it stands in the record: what an unsure pair points at. */
  other: (key: string) => Entry | undefined;
  /** Opens another row in this one's place. */
  onOpen: (key: string) => void;
}

/**
 * One opened entry (T8): its title and date again, so that nobody reads it as another row's (misreading 14); who, where and
 * how it ended; what is linked to it; and each source's own statement. Mount it with the entry's key as its React key.
 */
export function EntryDetailsPanel(props: EntryDetailsProps) {
  const id = useId();
  if (props.over) {
    return (
      <Sheet labelledBy={id} testId="entry-details" onClose={props.onClose}>
        <Details {...props} id={id} />
      </Sheet>
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc anywhere in the panel closes it; the button is the control
    <section
      aria-labelledby={id}
      data-testid="entry-details"
      onKeyDown={(event) => {
        // A letter read wide closes by itself first.
        if (event.key === 'Escape' && (event.target as Element).closest('dialog') === null) props.onClose();
      }}
    >
      <Details {...props} id={id} />
    </section>
  );
}

function Details({ session, entry, linked, context, onClose, other, onOpen, id }: EntryDetailsProps & { id: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [folded, setFolded] = useState(() => holdsMentalHealth(entry));
  useEffect(() => heading.current?.focus(), []);
  const date = entryDate(entry);
  const statements = [...entry.statements, ...linked];
  const details = useEntryDetails(
    session,
    entry.key,
    // Nothing is asked for that stays folded.
    folded ? [] : statements.map(({ resource }) => resource),
  );
  return (
    <>
      <div className="flex items-start gap-3">
        <LaneMark lane={entry.lane} />
        <div className="min-w-0 flex-1">
          <h2 id={id} ref={heading} tabIndex={-1} className="text-lg leading-6">
            {entry.title}
          </h2>
          <p className="text-sm">
            <b>{date.day}</b>
            {date.time !== undefined && <Unbroken words={` ${date.time}`} />}
            <span className="text-secondary"> · {laneNames[entry.lane]}</span>
          </p>
        </div>
        <Button icon="close" onClick={onClose}>
          Close
        </Button>
      </div>
      {entry.cautions.length > 0 && (
        <p className="mt-2 flex flex-wrap gap-1">
          {entry.cautions.map((caution) => (
            <Chip key={caution} look="caution" icon="warning">
              {caution}
            </Chip>
          ))}
        </p>
      )}
      {(entry.detail.length > 0 || entry.facts.length > 0) && (
        <p className="mt-2 text-sm">
          <Unbroken words={[...entry.detail, ...entry.facts].join(' · ')} />
        </p>
      )}
      <WardMoves moves={entry.moves} />
      {entry.joined !== undefined && <JoinedSection joined={entry.joined} folded={folded} />}
      <UnsureSection entry={entry} other={other} onOpen={onOpen} />
      <ChildEntries entries={entry.children} context={context} folded={folded} />
      {folded ? (
        <Notice look="plain" className="mt-3" actions={<Button onClick={() => setFolded(false)}>Show</Button>}>
          Mental health: why the person was seen, the outcome and what is linked to it are folded away, for privacy.
        </Notice>
      ) : (
        <LinkedSections session={session} details={details} entryKey={entry.key} own={statements} context={context} />
      )}
      <StatementList entry={entry} linked={linked} context={context} folded={folded} />
      {readsOwn(session) && <SealItem session={session} entry={entry} statements={statements} />}
      <p className="mt-4 border-t border-line pt-2 text-xs text-secondary">Viewing here does not file or act.</p>
    </>
  );
}
