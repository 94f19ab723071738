import { isSummerTime, parsePartialDate } from '../../../fhir/partial-date.ts';
import { readDay } from './day.ts';
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

/**
 * What is said of events by both feeds, brought together by the council's own reference. The return may leave that out:
 * then the kind of event and the day it began must fit one line and one item only.
 */
export function eventsOf(
  teller: Pick<Teller, 'subject' | 'doubts'>,
  lines: readonly Standing[],
  details: readonly Stated<Item<'events'>>[],
): CareEvent[] {
  const byReference = new Map(details.map((detail) => [keyOf(detail.value.event, detail.value.id), detail]));
  const sharing = countBy(lines, ({ event, row }) => keyOf(event ?? '', row.reference));
  const loose = details.filter(({ value }) => !sharing.has(keyOf(value.event, value.id)));
  const bare = lines.filter(({ row }) => row.reference === undefined);
  const { fitting, unsure } = fitByDay(bare, loose);
  const events: CareEvent[] = [];
  for (const line of lines) {
    const { event, row, piece } = line;
    if (event === undefined) continue;
    const detail = row.reference === undefined ? fitting.get(line) : byReference.get(keyOf(event, row.reference));
    const reference = row.reference ?? detail?.value.id;
    const key = keyOf(event, reference);
    const alone = reference !== undefined && (sharing.get(key) ?? 1) === 1;
    events.push({ event, id: ownId(teller, event.toLowerCase(), alone ? key : piece.name), reference, line, detail });
  }
  const fitted = new Set(fitting.values());
  for (const detail of loose) {
    if (fitted.has(detail)) continue;
    if (unsure.has(detail)) {
      teller.doubts.add(
        `${detail.value.event} of the extension that may be one of several lines without a reference: told by itself.`,
      );
    }
    const { event, id: reference } = detail.value;
    const id = ownId(teller, event.toLowerCase(), keyOf(event, reference));
    events.push({ event, id, reference, line: undefined, detail });
  }
  return events;
}

function fitByDay(
  lines: readonly Standing[],
  details: readonly Stated<Item<'events'>>[],
): { fitting: Map<Standing, Stated<Item<'events'>>>; unsure: Set<Stated<Item<'events'>>> } {
  const dayOfLine = ({ event, row }: Standing): string => `${event} ${readDay(row.start)}`;
  const dayOfDetail = ({ value }: Stated<Item<'events'>>): string => `${value.event} ${londonDay(value.start)}`;
  const [ofLines, ofDetails] = [countBy(lines, dayOfLine), countBy(details, dayOfDetail)];
  const fitting = new Map<Standing, Stated<Item<'events'>>>();
  const unsure = new Set<Stated<Item<'events'>>>();
  for (const detail of details) {
    const key = dayOfDetail(detail);
    const line = lines.find((each) => dayOfLine(each) === key);
    if (line === undefined || londonDay(detail.value.start) === undefined) continue;
    if (ofLines.get(key) === 1 && ofDetails.get(key) === 1) fitting.set(line, detail);
    else unsure.add(detail);
  }
  return { fitting, unsure };
}

/** The London day of a time; undefined for a year or a month. */
function londonDay(text: string | undefined): string | undefined {
  const read = parsePartialDate(text);
  if (read === undefined || read.precision === 'year' || read.precision === 'month') return undefined;
  const shown = new Date(read.start + (isSummerTime(read.start) ? 3_600_000 : 0));
  return shown.toISOString().slice(0, 10);
}

function countBy<T>(items: readonly T[], keyOfItem: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOfItem(item), (counts.get(keyOfItem(item)) ?? 0) + 1);
  return counts;
}

function keyOf(event: string, reference: string | undefined): string {
  return `${event} ${reference ?? ''}`;
}
