import type { Resource } from 'fhir/r4';
import type { PartialDate } from '../../fhir/partial-date.ts';
import type { MapContext } from './context.ts';
import { formatDateTime } from './dates.ts';
import type { PastItem } from './past-rows.ts';
import { sourceLabel } from './source.ts';
import { mapRecord } from './to-entries.ts';
import { lowerStart } from './words.ts';

/**
 * The lines that stand where an entry stood that its source has since marked as entered in error (misreading 13): who
 * withdrew it, what kind of entry it was, and nothing of what it said. `resources` as they stood before. A booking that
 * lay ahead stands at now; nothing of it is an entry any more.
 */
export function withdrawnItems(resources: readonly Resource[], context: MapContext): PastItem[] {
  const { now } = context;
  return mapRecord(resources, context).entries.map(({ key, title, start, statements: [first] }) => {
    const past: PartialDate | undefined = start !== undefined && start.start <= now ? start : undefined;
    const kind = lowerStart(title.split(':')[0] ?? title);
    const who = sourceLabel(first?.source ?? first?.organisation);
    return {
      date: past,
      at: past?.start ?? now,
      row: {
        type: 'withdrawn',
        key: `withdrawn:${key}`,
        label: `Withdrawn by ${who}: ${kind}, shown here before. Its source marked it as entered in error.`,
        date: start === undefined ? 'Date not known' : formatDateTime(start),
      },
    };
  });
}
