import type { Entry } from './entry.ts';

/** Says on the entry that holds the encounter in context that the page was opened from it (SMART 2.2, `encounter`). */
export function sayWhereOpened(entries: readonly Entry[], encounterId: string | undefined): Entry[] {
  if (encounterId === undefined) return [...entries];
  const reference = `Encounter/${encounterId}`;
  return entries.map((entry) => {
    if (!entry.statements.some((statement) => statement.reference === reference)) return entry;
    const words = entry.kind === 'stay' ? 'This stay: opened from here' : 'This visit: opened from here';
    return { ...entry, detail: [words, ...entry.detail] };
  });
}
