import { useId, useRef, useState, type ComponentProps } from 'react';
import type { OwnReading } from '../../../fhir/own-reading.ts';
import { formatInstant } from '../../timeline/dates.ts';
import { Button } from '../../ui/button.tsx';
import { fieldTime, instantIn, readTyped, type Typed } from './reading-words.ts';

export interface ReadingFormProps {
  /** What is measured at first. */
  kind: OwnReading['kind'];
  busy: boolean;
  /** `at`: when it was taken, epoch milliseconds. */
  onShare: (reading: OwnReading, at: number) => void;
}

/** What was measured, the numbers, and when. What cannot be right is said in words before anything is sent. */
export function ReadingForm({ kind, busy, onShare }: ReadingFormProps) {
  const [typed, setTyped] = useState<Typed>(() => ({
    kind,
    kilograms: '',
    systolic: '',
    diastolic: '',
    taken: fieldTime(Date.now()),
  }));
  const [problems, setProblems] = useState<readonly string[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const problemsId = useId();
  const change = (part: Partial<Typed>) => setTyped({ ...typed, ...part });
  const wrong = problems.length > 0 ? { 'aria-describedby': problemsId, 'aria-invalid': true } : {};
  const kindId = useId();
  const takenAt = instantIn(typed.taken);
  return (
    <form
      ref={form}
      noValidate
      className="mt-3 text-sm"
      onSubmit={(event) => {
        event.preventDefault();
        if (busy) return;
        const read = readTyped(typed, Date.now());
        if ('problems' in read) {
          setProblems(read.problems);
          form.current?.querySelector('input')?.focus();
          return;
        }
        setProblems([]);
        onShare(read.reading, read.at);
      }}
    >
      <div className="mb-2 flex flex-col gap-0.5">
        <label htmlFor={kindId} className="font-bold text-secondary">
          What you measured
        </label>
        <select
          id={kindId}
          className="min-h-8 w-full rounded border border-control bg-card px-2 max-sm:min-h-11"
          value={typed.kind}
          onChange={(event) => {
            setProblems([]);
            change({ kind: event.target.value === 'weight' ? 'weight' : 'blood-pressure' });
          }}
        >
          <option value="blood-pressure">Blood pressure</option>
          <option value="weight">Weight</option>
        </select>
      </div>
      {typed.kind === 'weight' ? (
        <Field
          label="Weight in kilograms"
          inputMode="decimal"
          value={typed.kilograms}
          onText={(kilograms) => change({ kilograms })}
          {...wrong}
        />
      ) : (
        <div className="flex gap-3">
          <Field
            label="Upper number (systolic)"
            inputMode="numeric"
            value={typed.systolic}
            onText={(systolic) => change({ systolic })}
            {...wrong}
          />
          <Field
            label="Lower number (diastolic)"
            inputMode="numeric"
            value={typed.diastolic}
            onText={(diastolic) => change({ diastolic })}
            {...wrong}
          />
        </div>
      )}
      <Field
        label="Taken on, at"
        type="datetime-local"
        value={typed.taken}
        onText={(taken) => change({ taken })}
        {...wrong}
      />
      {/* A browser may write the month before the day. */}
      <p className="-mt-1 mb-2 text-secondary">
        {takenAt === undefined ? 'No day and time yet' : formatInstant(takenAt)}
      </p>
      <div role="alert" id={problemsId} className="mb-2 font-bold text-failure empty:hidden">
        {problems.map((problem) => (
          <p key={problem}>{problem}</p>
        ))}
      </div>
      <Button look="primary" type="submit" aria-disabled={busy}>
        Share
      </Button>
    </form>
  );
}

interface FieldProps extends ComponentProps<'input'> {
  label: string;
  onText: (text: string) => void;
}

function Field({ label, onText, ...input }: FieldProps) {
  const id = useId();
  return (
    <div className="mb-2 flex min-w-0 flex-1 flex-col justify-end gap-0.5">
      <label htmlFor={id} className="font-bold text-secondary">
        {label}
      </label>
      <input
        id={id}
        autoComplete="off"
        className="min-h-8 w-full rounded border border-control bg-card px-2 max-sm:min-h-11"
        onChange={(event) => onText(event.target.value)}
        {...input}
      />
    </div>
  );
}
