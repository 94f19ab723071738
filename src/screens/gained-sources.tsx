import { useEffect, useState } from 'react';
import type { Entry } from '../timeline/entry.ts';
import { gainedBy, gainedWords, type Shown } from '../timeline/gained.ts';

/** So long nothing more comes before it is said: while pages follow each other, one sentence at their end. Milliseconds. */
const quiet = 2000;

export interface GainedSourcesProps {
  entries: readonly Entry[];
  shown: Shown;
}

/** Tells a screen reader, politely and once, of rows that an older page brought another witness to (T4): they have not moved. */
export function GainedSources({ entries, shown }: GainedSourcesProps) {
  'use no memo';
  const [words, setWords] = useState('');
  const [told] = useState(() => new Map<string, number>());
  const gained = entries.filter((entry) => gainedBy(entry, shown) > (told.get(entry.key) ?? 0));
  const waiting = gained.map(({ key }) => key).join(' ');
  useEffect(() => {
    if (waiting === '') return undefined;
    const timer = setTimeout(() => {
      for (const entry of gained) told.set(entry.key, gainedBy(entry, shown));
      setWords(gainedWords(gained));
    }, quiet);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- the keys that wait stand for the entries
  }, [waiting]);
  return (
    <p aria-live="polite" className="sr-only">
      {words}
    </p>
  );
}
