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
  const contacts = entries.filter((entry) => presence.has(entry.kind) && hasHappened(entry, now)).sort(compareEntries);
  return entries.map((entry) => {
    const { start } = entry;
    if (entry.state !== 'open' || !entry.lasting || entry.kind === 'package' || start === undefined) return entry;
    const later = contacts.find((contact) => contact !== entry && (contact.start?.start ?? -Infinity) >= start.end);
    if (later?.start === undefined) return entry;
    const when = later.start.precision === 'time' ? formatDateTime(later.start) : formatDate(later.start);
    return { ...entry, cautions: [...entry.cautions, `May have ended: ${laterWords(later)} on ${when}`] };
  });
}

function hasHappened(entry: Entry, now: number): boolean {
  return (entry.state === 'closed' || entry.state === 'open') && entry.start !== undefined && entry.start.start <= now;
}

/** The kind of the later contact alone: its reason is told in its own row. */
function laterWords(entry: Entry): string {
  return lowerStart(entry.title.split(':')[0] ?? entry.title);
}
