import { useState } from 'react';
import { laneNames, type Entry, type UnsurePair } from '../../timeline/entry.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';
import { entryDate } from '../feed/entry-date.ts';
import { sourceLabels } from '../feed/source-labels.ts';
import { otherWords } from './joined-words.ts';

export interface UnsureSectionProps {
  entry: Entry;
  /** The row with this key, as it stands in the record. */
  other: (key: string) => Entry | undefined;
  onOpen: (key: string) => void;
}

/** Rows that may be the same event and are kept apart: what speaks for it and against, and both side by side (T4). */
export function UnsureSection({ entry, other, onOpen }: UnsureSectionProps) {
  return entry.unsure?.map((pair) => (
    <Pair key={pair.key} entry={entry} pair={pair} other={other(pair.key)} onOpen={onOpen} />
  ));
}

interface PairProps {
  entry: Entry;
  pair: UnsurePair;
  other: Entry | undefined;
  onOpen: (key: string) => void;
}

function Pair({ entry, pair, other, onOpen }: PairProps) {
  const [compared, setCompared] = useState(false);
  const named = other === undefined ? 'an entry that is no longer in the record' : otherWords(other, entry);
  return (
    <div className="mt-2">
      <Notice
        actions={
          other !== undefined && (
            <Button
              aria-expanded={compared}
              aria-label={`Compare with ${named}`}
              onClick={() => setCompared(!compared)}
            >
              {compared ? 'Hide' : 'Compare'}
            </Button>
          )
        }
      >
        <Unbroken
          words={`Possibly the same as ${named}. Kept apart: ${pair.apart}. What speaks for it: ${pair.because}.`}
        />
      </Notice>
      {compared && other !== undefined && (
        <div className="@container mt-1.5">
          <div className="grid gap-2 @[23rem]:grid-cols-2">
            <Row entry={entry} name="This entry" />
            <Row entry={other} name="The other entry" />
          </div>
          <Button className="mt-2" onClick={() => onOpen(other.key)}>
            Open the other entry
          </Button>
        </div>
      )}
    </div>
  );
}

/** An entry as its row tells it, nothing left out. */
function Row({ entry, name }: { entry: Entry; name: string }) {
  const date = entryDate(entry);
  return (
    <section aria-label={name} className="rounded-sm border border-line px-2 py-1.5 text-sm">
      <h3 className="text-secondary">{name}</h3>
      <p>
        <b>
          <Unbroken words={date.day} />
        </b>
        {date.time !== undefined && <Unbroken words={` ${date.time}`} />}
      </p>
      <p className="font-bold">
        <Unbroken words={entry.title} />
      </p>
      <p className="text-secondary">
        <Unbroken words={[laneNames[entry.lane], ...entry.detail, ...entry.facts].join(' · ')} />
      </p>
      <p className="mt-1 flex flex-wrap gap-1">
        {entry.cautions.map((caution) => (
          <Chip key={caution} look="caution" icon="warning">
            {caution}
          </Chip>
        ))}
        {sourceLabels(entry).map((label) => (
          <Chip key={label} look="quiet">
            {label}
          </Chip>
        ))}
      </p>
    </section>
  );
}
