import { formatDate, formatDateTime } from './dates.ts';
import type { Entry, Kind } from './entry.ts';
import { compareEntries } from './order.ts';
import { lowerStart } from './words.ts';

/** Kinds in which the person was somewhere, so that they can hardly have been an inpatient elsewhere. */
const presence = new Set<Kind>([
  'gp-consultation',
  'emergency',
  'stay',
  'outpatient',
  'urgent-visit',
  'community-visit',
  'mental-health-contact',
  'visit',
]);

/**
 * Adds "May have ended" to an open stay or attendance when a later contact elsewhere has happened (misreading 4: a lost
 * discharge message). It stays open: only its own source can end it.
 */
export function sayWhatMayHaveEnded(entries: readonly Entry[], now: number): Entry[] {
  const [last, lastButOne] = latestContacts(entries, now);
  return entries.map((entry) => {
    const { start } = entry;
    if (entry.state !== 'open' || !entry.lasting || entry.kind === 'package' || start === undefined) return entry;
    const later = last === entry ? lastButOne : last;
    if (later?.start === undefined || later.start.start < start.end) return entry;
    const when = later.start.precision === 'time' ? formatDateTime(later.start) : formatDate(later.start);
    return { ...entry, cautions: [...entry.cautions, `May have ended: ${laterWords(later)} on ${when}`] };
  });
}

/** The two latest contacts: when the latest is the stay itself, the other one counts. */
function latestContacts(entries: readonly Entry[], now: number): [Entry | undefined, Entry | undefined] {
  let last: Entry | undefined;
  let lastButOne: Entry | undefined;
  for (const entry of entries) {
    if (!presence.has(entry.kind) || !hasHappened(entry, now)) continue;
    if (last === undefined || compareEntries(entry, last) < 0) [last, lastButOne] = [entry, last];
    else if (lastButOne === undefined || compareEntries(entry, lastButOne) < 0) lastButOne = entry;
  }
  return [last, lastButOne];
}

function hasHappened(entry: Entry, now: number): boolean {
  return (entry.state === 'closed' || entry.state === 'open') && entry.start !== undefined && entry.start.start <= now;
}

/** The kind of the later contact alone: its reason is told in its own row. */
function laterWords(entry: Entry): string {
  return lowerStart(entry.title.split(':')[0] ?? entry.title);
}
