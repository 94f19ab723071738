import { useState } from 'react';
import { parsePartialDate } from '../../../fhir/partial-date.ts';
import type { OwnReading } from '../../../fhir/own-reading.ts';
import type { Session } from '../../launch/session.ts';
import type { SharedReading } from '../../record/own-readings.ts';
import { formatDateTime } from '../../timeline/dates.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';
import { ActOutcome } from '../access/act-outcome.tsx';
import { ReadingForm } from './reading-form.tsx';
import { readingWords } from './reading-words.ts';
import { useReadings } from './use-readings.ts';

export interface MyReadingsProps {
  session: Session;
  /** The record is not what it was: it is to be read again. */
  onChanged: () => void;
}

/** A weight or a blood pressure that the person shares (look.md, person's reading), and the last ones, each with its undo. */
export function MyReadings({ session, onChanged }: MyReadingsProps) {
  const { status, shared, again, act, share, takeBack } = useReadings(session, onChanged);
  const [said, setSaid] = useState<string>();
  const [last, setLast] = useState<{ round: number; kind: OwnReading['kind'] }>({ round: 0, kind: 'blood-pressure' });
  return (
    <>
      <p className="text-sm">
        Those who care for you see what you share when they open your record, marked as not checked by staff.
      </p>
      <Notice className="my-2">
        Nobody is alerted by what you share. If you feel unwell, call 111; in an emergency, call 999.
      </Notice>
      <ActOutcome said={said} failure={act.failure} />
      <ReadingForm
        key={last.round}
        kind={last.kind}
        busy={act.busy}
        onShare={(reading, at) => {
          setSaid(undefined);
          share(reading, at, () => {
            setSaid(`Shared: ${readingWords(reading)}.`);
            setLast({ round: last.round + 1, kind: reading.kind });
          });
        }}
      />
      <Section title="What you shared last">
        {status === 'reading' && <p className="text-sm">Reading what you shared.</p>}
        {status === 'failed' && (
          <Notice look="failure" actions={<Button onClick={again}>Try again</Button>}>
            What you shared could not be read. It is still shared.
          </Notice>
        )}
        {status === 'read' && shared.length === 0 && <p className="text-sm">Nothing.</p>}
        <ul>
          {shared.map((one) => (
            <ReadingLine
              key={one.observation.id}
              shared={one}
              busy={act.busy}
              onTakeBack={() => {
                setSaid(undefined);
                takeBack(one, () => setSaid(`Taken back, as entered in error: ${readingWords(one.reading)}.`));
              }}
            />
          ))}
        </ul>
      </Section>
    </>
  );
}

interface ReadingLineProps {
  shared: SharedReading;
  busy: boolean;
  onTakeBack: () => void;
}

function ReadingLine({ shared: { reading, takenAt }, busy, onTakeBack }: ReadingLineProps) {
  const at = parsePartialDate(takenAt);
  const taken = at === undefined ? takenAt : formatDateTime(at);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-1.5 text-sm last:border-b-0">
      <p className="min-w-0 flex-1 basis-48">
        <b>{readingWords(reading)}</b>
        <span className="block text-secondary">Taken {taken}</span>
      </p>
      <Button aria-disabled={busy} onClick={onTakeBack}>
        Take back
        <span className="sr-only">
          {' '}
          {readingWords(reading)}, taken {taken}
        </span>
      </Button>
    </li>
  );
}
