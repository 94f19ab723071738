import { useId, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

/** One choice of the list, and what it asks of whoever makes it. */
export interface ReasonChoice<Code extends string> {
  code: Code;
  words: string;
  hint?: string;
}

export interface ReasonFormProps<Code extends string> {
  legend: string;
  choices: readonly ReasonChoice<Code>[];
  /** Under the field for the reader's own words. */
  hint: string;
  longest: number;
  /** What is missing, in words, before it can be sent. */
  problemOf: (code: Code | undefined, words: string) => string | undefined;
  /** What goes before the button: what will happen. */
  children?: ReactNode;
  submit: string;
  busy: boolean;
  /** Why it was not taken. */
  failure: string | undefined;
  onSubmit: (code: Code, words: string) => void;
}

const line = 'flex min-h-8 items-start gap-2 rounded-sm px-1 py-1 hover:bg-future max-sm:min-h-11';

/** A reason of a short list and the reader's own words. What is missing is said when it is sent, and what was typed stays. */
export function ReasonForm<Code extends string>(props: ReasonFormProps<Code>) {
  const { legend, choices, hint, longest, problemOf, children, submit, busy, failure, onSubmit } = props;
  const id = useId();
  const told = useRef<HTMLDivElement>(null);
  const [code, setCode] = useState<Code>();
  const [words, setWords] = useState('');
  const [problem, setProblem] = useState<string>();
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const missing = problemOf(code, words);
    setProblem(missing);
    if (missing !== undefined) told.current?.focus();
    else if (code !== undefined && !busy) onSubmit(code, words.trim());
  };
  const said = problem ?? failure;
  return (
    <form onSubmit={send} noValidate className="max-w-160 text-sm">
      <div ref={told} tabIndex={-1} role="alert" id={`${id}-problem`}>
        {said !== undefined && (
          <Notice look="failure" className="mb-3">
            {said}
          </Notice>
        )}
      </div>
      <fieldset aria-describedby={problem === undefined ? undefined : `${id}-problem`}>
        <legend className="mb-1 font-bold">{legend}</legend>
        {choices.map((choice) => (
          <label key={choice.code} className={line}>
            <input
              type="radio"
              name={`${id}-reason`}
              className="mt-0.5 size-4 shrink-0 accent-action"
              checked={code === choice.code}
              onChange={() => setCode(choice.code)}
            />
            <span>
              {choice.words}
              {choice.hint !== undefined && <span className="block text-secondary">{choice.hint}</span>}
            </span>
          </label>
        ))}
      </fieldset>
      <label htmlFor={`${id}-words`} className="mt-3 block font-bold">
        Reason in your own words
      </label>
      <p id={`${id}-hint`} className="mb-1 text-secondary">
        {hint}
      </p>
      <textarea
        id={`${id}-words`}
        rows={3}
        maxLength={longest}
        value={words}
        aria-describedby={`${id}-hint`}
        onChange={(event) => setWords(event.target.value)}
        className="block w-full rounded-sm border border-control bg-card p-2 text-base text-text"
      />
      {children}
      <Button type="submit" look="primary" className="mt-3" aria-disabled={busy}>
        {busy ? 'Sending…' : submit}
      </Button>
    </form>
  );
}
