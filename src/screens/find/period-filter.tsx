import { useId, useRef, useState } from 'react';
import { readDay } from '../../timeline/period.ts';
import type { Find } from './use-find.ts';

/** From and to, as whole days. What has no date stays in view: it cannot be ruled out. */
export function PeriodFilter({ find }: { find: Pick<Find, 'filters' | 'change'> }) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  return (
    <>
      <DayField label="From" name="from" find={find} />
      <DayField label="To" name="to" find={find} />
      <p className="text-xs text-secondary">What has no date stays in view.</p>
    </>
  );
}

interface DayFieldProps {
  label: string;
  name: 'from' | 'to';
  find: Pick<Find, 'filters' | 'change'>;
}

function DayField({ label, name, find }: DayFieldProps) {
  'use no memo';
  const id = useId();
  const set = find.filters[name];
  // What stands in the field while it is not yet a day (a year half typed).
  const [draft, setDraft] = useState<string>();
  // Typing a date goes through several days: they are one step for Back.
  const typed = useRef(false);
  return (
    <p className="mb-1.5 flex items-center gap-2">
      <label htmlFor={id} className="w-10 text-sm">
        {label}
      </label>
      <input
        type="date"
        id={id}
        value={draft ?? set ?? ''}
        onChange={({ target }) => {
          const day = readDay(target.value);
          setDraft(day === undefined && target.value !== '' ? target.value : undefined);
          if (day === set || (day === undefined && target.value !== '')) return;
          find.change({ [name]: day }, typed.current);
          typed.current = true;
        }}
        onBlur={() => {
          typed.current = false;
          setDraft(undefined);
        }}
        className="min-h-8 min-w-0 flex-1 rounded border border-control bg-card px-1.5 text-sm max-sm:min-h-11"
      />
    </p>
  );
}
