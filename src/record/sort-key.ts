import type { Resource, Timing } from 'fhir/r4';
import { parsePartialDate } from '../../fhir/partial-date.ts';

/** First and last instant, epoch milliseconds; what goes on has no last one (Infinity). */
export type SortSpan = readonly [from: number, to: number];

/**
 * The span a stream is sorted by: what the search's `_sort` names (R4 search parameters `date`, `occurrence`, `period`), or
 * undefined where the resource states none. A server may sort a span by its start or by its end. Types without a sorted
 * stream have none.
 */
export function sortSpanOf(resource: Resource): SortSpan | undefined {
  const stated = resource as unknown as Record<string, unknown>;
  switch (resource.resourceType) {
    case 'Encounter':
    case 'EpisodeOfCare':
      return period(stated['period']);
    case 'Appointment':
      return single(stated['start']);
    case 'Task':
      return period(stated['executionPeriod']);
    case 'DocumentReference':
      return single(stated['date']);
    case 'ServiceRequest':
      return choice(stated, 'occurrence');
    case 'DiagnosticReport':
    case 'Observation':
      return choice(stated, 'effective');
    default:
      return undefined;
  }
}

/** The start of the span: what older entries are held back by. */
export function sortKeyOf(resource: Resource): number | undefined {
  return sortSpanOf(resource)?.[0];
}

function choice(stated: Record<string, unknown>, name: 'occurrence' | 'effective'): SortSpan | undefined {
  return (
    single(stated[`${name}DateTime`]) ??
    single(stated[`${name}Instant`]) ??
    period(stated[`${name}Period`]) ??
    timing(stated[`${name}Timing`] as Timing | undefined)
  );
}

function timing(value: Timing | undefined): SortSpan | undefined {
  const stated: unknown = value?.event;
  const events = Array.isArray(stated) ? stated.flatMap((event: unknown) => single(event)?.[0] ?? []) : [];
  return events.length === 0 ? period(value?.repeat?.boundsPeriod) : [Math.min(...events), Infinity];
}

function period(value: unknown): SortSpan | undefined {
  const { start, end } = (value ?? {}) as { start?: unknown; end?: unknown };
  const from = single(start);
  // An end that is not told, or lies before the start by mistake, says nothing of the order.
  return from && [from[0], Math.max(from[1], end === undefined ? Infinity : (single(end)?.[1] ?? Infinity))];
}

function single(text: unknown): SortSpan | undefined {
  // A year before 1000 is a system's way to say that it has none (0001-01-01).
  const date = typeof text === 'string' && text >= '1000' ? parsePartialDate(text) : undefined;
  return date && [date.start, date.end];
}
