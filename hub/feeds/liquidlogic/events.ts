import type { Item } from './extension-schema.ts';
import type { Stated } from './extension.ts';
import type { Standing } from './fold.ts';
import type { EventType } from './statement.ts';
import { ownId, type Teller } from './teller.ts';

/** One request, assessment, service or review, by its line of the return, by the extension, or by both. */
export interface CareEvent {
  event: EventType;
  id: string;
  /** The council's own reference. */
  reference: string | undefined;
  line: Standing | undefined;
  detail: Stated<Item<'events'>> | undefined;
}

/** What is said of events by both feeds, brought together by the council's own reference. */
export function eventsOf(
  teller: Pick<Teller, 'subject'>,
  lines: readonly Standing[],
  details: readonly Stated<Item<'events'>>[],
): CareEvent[] {
  const byReference = new Map(details.map((detail) => [keyOf(detail.value.event, detail.value.id), detail]));
  const sharing = new Map<string, number>();
  for (const { event, row } of lines) {
    const key = keyOf(event ?? '', row.reference);
    sharing.set(key, (sharing.get(key) ?? 0) + 1);
  }
  const events: CareEvent[] = [];
  for (const line of lines) {
    const { event, row, piece } = line;
    if (event === undefined) continue;
    const { reference } = row;
    const key = keyOf(event, reference);
    const alone = reference !== undefined && sharing.get(key) === 1;
    const id = ownId(teller, event.toLowerCase(), alone ? key : piece.name);
    events.push({ event, id, reference, line, detail: reference === undefined ? undefined : byReference.get(key) });
  }
  for (const [key, detail] of byReference) {
    if (sharing.has(key)) continue;
    const { event, id: reference } = detail.value;
    events.push({ event, id: ownId(teller, event.toLowerCase(), key), reference, line: undefined, detail });
  }
  return events;
}

function keyOf(event: string, reference: string | undefined): string {
  return `${event} ${reference ?? ''}`;
}
