import { isSummerTime, parsePartialDate } from '../../../fhir/partial-date.ts';
import { readDay } from './day.ts';
import type { Item } from './extension-schema.ts';
import type { Stated } from './extension.ts';
import type { Standing } from './fold.ts';
import type { EventType } from './statement.ts';
import { ownId, type Teller } from './teller.ts';
import { codeFor } from './words.ts';

type Detail = Stated<Item<'events'>>;

/** One request, assessment, service or review, by its line of the return, by the extension, or by both. */
export interface CareEvent {
  event: EventType;
  id: string;
  /** The council's own reference. */
  reference: string | undefined;
  line: Standing | undefined;
  detail: Detail | undefined;
  /** Marks of privacy of what it may be, where that is not sure. */
  labels: readonly string[];
}

/**
 * What is said of events by both feeds, brought together by the council's own reference. The return may leave that out:
 * then the kind of event and the day it began must fit one line and one item only.
 */
export function eventsOf(
  teller: Pick<Teller, 'subject' | 'doubts'>,
  lines: readonly Standing[],
  details: readonly Detail[],
): CareEvent[] {
  const byReference = new Map(details.map((detail) => [keyOf(detail.value.event, detail.value.id), detail]));
  const sharing = countBy(lines, ({ event, row }) => keyOf(event ?? '', row.reference));
  const loose = details.filter(({ value }) => !sharing.has(keyOf(value.event, value.id)));
  const { fitting, maybe } = fitByDay(
    lines.filter(({ row }) => row.reference === undefined),
    loose,
  );
  const events: CareEvent[] = [];
  for (const line of lines) {
    const { event, row, piece } = line;
    if (event === undefined) continue;
    const detail = row.reference === undefined ? fitting.get(line) : byReference.get(keyOf(event, row.reference));
    const reference = row.reference ?? detail?.value.id;
    const key = keyOf(event, reference);
    const alone = reference !== undefined && (sharing.get(key) ?? 1) === 1;
    const id = ownId(teller, event.toLowerCase(), alone ? key : piece.name);
    const labels = (maybe.get(line) ?? []).flatMap(({ value }) => value.labels ?? []);
    events.push({ event, id, reference, line, detail, labels });
  }
  const fitted = new Set(fitting.values());
  for (const detail of loose) {
    if (fitted.has(detail)) continue;
    const { event, id: reference } = detail.value;
    if ([...maybe.values()].some((some) => some.includes(detail))) {
      teller.doubts.add(`${event} of the extension that may be one of the lines without a reference: told by itself.`);
    }
    const id = ownId(teller, event.toLowerCase(), keyOf(event, reference));
    events.push({ event, id, reference, line: undefined, detail, labels: [] });
  }
  return events;
}

/** Lines without a reference and items of the extension that fit each other alone; and which items a line may be, where several would do. */
function fitByDay(
  lines: readonly Standing[],
  details: readonly Detail[],
): { fitting: Map<Standing, Detail>; maybe: Map<Standing, Detail[]> } {
  const fitting = new Map<Standing, Detail>();
  const maybe = new Map<Standing, Detail[]>();
  for (const line of lines) {
    const fits = details.filter((detail) => mayBe(line, detail));
    const [detail] = fits;
    if (detail === undefined) continue;
    const sure = fits.length === 1 && lines.filter((other) => mayBe(other, detail)).length === 1;
    if (sure && readDay(line.row.start) !== undefined) fitting.set(line, detail);
    else maybe.set(line, fits);
  }
  return { fitting, maybe };
}

/** One kind of event, begun on one day, of no other component. A line whose day cannot be read may be any of its kind. */
function mayBe({ event, row }: Standing, { value }: Detail): boolean {
  if (event !== value.event) return false;
  const [day, other] = [readDay(row.start), londonDay(value.start)];
  if (day !== undefined && day !== other) return false;
  const [code, kind] = [row.component, value.kind].map((words) => codeFor('SocialCareServiceType', words ?? '')?.code);
  return event !== 'Service' || code === undefined || kind === undefined || code === kind;
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
