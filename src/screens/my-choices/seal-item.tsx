import { useState } from 'react';
import type { Session } from '../../launch/session.ts';
import { laneNames, type Entry } from '../../timeline/entry.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';
import { entryDate } from '../feed/entry-date.ts';
import { whatFollows } from './choice-words.ts';
import { useChoices } from './use-choices.ts';

export interface SealItemProps {
  session: Session;
  entry: Entry;
  /** Every source's statement of it: a copy that points at nothing would tell what the others may not (leaked record). */
  statements: Entry['statements'];
}

/** The person keeps one entry from everybody, with all that is linked to it, and takes that back. Needs the details' cache. */
export function SealItem({ session, entry, statements }: SealItemProps) {
  const { status, kept, act, again, keep, undo } = useChoices(session);
  const [said, setSaid] = useState<string>();
  const items = statements.map(({ reference }) => reference);
  const seals = kept.filter(({ denies }) => denies.some((deny) => deny.items.some((item) => items.includes(item))));
  const sealed = new Set(seals.flatMap(({ denies }) => denies.flatMap((deny) => deny.items)));
  const since = seals.length === 0 ? [] : items.filter((item) => !sealed.has(item));
  const { day } = entryDate(entry);
  const seal = (wanted: readonly string[]) =>
    keep({ items: wanted }, { item: `${entry.title}, ${laneNames[entry.lane]}, ${day}` }, () =>
      setSaid('Saved. Nobody else sees this entry.'),
    );
  return (
    <Section title="Who may look">
      <div role="status" className="text-sm font-bold empty:hidden">
        {said}
      </div>
      {act.failure !== undefined && (
        <div role="alert" className="my-1">
          <Notice look="failure">Not saved, nothing has changed. {act.failure}</Notice>
        </div>
      )}
      {status === 'reading' && <p className="text-sm">Reading your choices.</p>}
      {status === 'failed' && (
        <Notice look="failure" actions={<Button onClick={again}>Try again</Button>}>
          Whether you keep this back could not be read.
        </Notice>
      )}
      {status === 'read' && seals.length === 0 && (
        <>
          <p className="text-sm">You can keep this from everybody who cares for you.</p>
          <ul className="my-1 list-disc pl-5 text-sm text-secondary">
            {whatFollows({ items }).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <Button aria-disabled={act.busy} onClick={() => seal(items)}>
            Keep this from everybody
          </Button>
        </>
      )}
      {since.length > 0 && (
        <Notice
          className="my-1"
          actions={
            <Button aria-disabled={act.busy} onClick={() => seal(since)}>
              Keep that back too
            </Button>
          }
        >
          Something was told of this after you decided. Others may see that part.
        </Notice>
      )}
      {status === 'read' && seals.length > 0 && (
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <p className="min-w-0 flex-1">You keep this from everybody, with what is linked to it.</p>
          <Button
            aria-disabled={act.busy}
            onClick={() => undo(seals, () => setSaid('Undone. Those who care for you see it again.'))}
          >
            Undo
          </Button>
        </div>
      )}
    </Section>
  );
}
