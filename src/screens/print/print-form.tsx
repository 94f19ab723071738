import { useId, type FormEvent } from 'react';
import { mostEntries, type PaperInput, paperWords } from '../../timeline/print/paper-words.ts';
import { type PeriodChoice, periodNames } from '../../timeline/print/period.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

/** What a reader wants on paper. */
export interface PrintWish {
  choice: PeriodChoice;
  /** As the date fields give them; only for `chosen`. */
  from: string;
  to: string;
  withKey: boolean;
  /** Whether the filters in force are followed; never unless asked for. */
  filtered: boolean;
}

export interface PrintFormProps {
  wish: PrintWish;
  onWish: (wish: PrintWish) => void;
  /** The document as it would be, where the period is one. */
  input: PaperInput | undefined;
  /** What is wrong with the period. */
  problem: string | undefined;
  /** Entries that filters hide now. */
  hidden: number;
  /** Whether the browser refused to print. */
  refused: boolean;
  onPrint: () => void;
}

const choices = Object.keys(periodNames) as PeriodChoice[];
const line = 'flex min-h-8 items-center gap-2 rounded-sm px-1 py-0.5 text-sm hover:bg-future max-sm:min-h-11';

/** Which period, with or without key information, and what the document will hold and lack before it is printed. */
export function PrintForm({ wish, onWish, input, problem, hidden, refused, onPrint }: PrintFormProps) {
  const id = useId();
  const tooMany = input !== undefined && input.layout.shown > mostEntries;
  const nothing = input !== undefined && input.layout.shown === 0;
  const words = input === undefined ? undefined : paperWords(input);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (input !== undefined && !tooMany) onPrint();
  };
  return (
    <form onSubmit={submit} noValidate className="text-sm">
      {refused && (
        <Notice look="failure" className="mb-2">
          The browser did not print. The system this page is opened in may not allow it: open Care Timeline in a tab of
          its own and print there.
        </Notice>
      )}
      <fieldset>
        <legend className="mb-1 font-bold text-secondary">Period</legend>
        {choices.map((choice) => (
          <label key={choice} className={line}>
            <input
              type="radio"
              name={`${id}-period`}
              className="size-4 shrink-0 accent-action"
              checked={wish.choice === choice}
              onChange={() => onWish({ ...wish, choice })}
            />
            {periodNames[choice]}
          </label>
        ))}
      </fieldset>
      {wish.choice === 'chosen' && (
        <div className="mt-1 ml-7 flex flex-wrap gap-3">
          <DayField
            name="First day"
            value={wish.from}
            problem={problem}
            onChange={(from) => onWish({ ...wish, from })}
          />
          <DayField name="Last day" value={wish.to} problem={problem} onChange={(to) => onWish({ ...wish, to })} />
        </div>
      )}
      <fieldset className="mt-3">
        <legend className="mb-1 font-bold text-secondary">What else</legend>
        <label className={line}>
          <input
            type="checkbox"
            className="size-4 shrink-0 accent-action"
            checked={wish.withKey}
            onChange={(event) => onWish({ ...wish, withKey: event.target.checked })}
          />
          With key information
        </label>
        {hidden > 0 && (
          <label className={line}>
            <input
              type="checkbox"
              className="size-4 shrink-0 accent-action"
              checked={wish.filtered}
              onChange={(event) => onWish({ ...wish, filtered: event.target.checked })}
            />
            Only what the filters show
          </label>
        )}
      </fieldset>
      <div role="status" className="mt-3">
        {problem !== undefined && <Notice>{problem}</Notice>}
        {words?.scope.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {words?.gaps.map((sentence) => (
          <Notice key={sentence} className="mt-1">
            {sentence}
          </Notice>
        ))}
        {tooMany && (
          <Notice className="mt-1">
            These are more than {mostEntries.toLocaleString('en-GB')} entries, too many for one document. Nothing is cut
            off without being asked for: choose a shorter period.
          </Notice>
        )}
      </div>
      <p className="mt-3 text-secondary">
        A printed record can be read by anybody who finds it. It is as of now and will not change.
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button look="primary" type="submit" disabled={input === undefined || tooMany || (nothing && !wish.withKey)}>
          Print
        </Button>
      </div>
    </form>
  );
}

interface DayFieldProps {
  name: string;
  value: string;
  problem: string | undefined;
  onChange: (value: string) => void;
}

function DayField({ name, value, problem, onChange }: DayFieldProps) {
  return (
    <label className="flex flex-col gap-0.5">
      {name}
      <input
        type="date"
        required
        aria-invalid={problem !== undefined}
        className="min-h-8 rounded border border-control bg-card px-2 max-sm:min-h-11"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
