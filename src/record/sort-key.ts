import type { Resource, Timing } from 'fhir/r4';
import { parsePartialDate } from '../../fhir/partial-date.ts';

/**
 * The instant a stream is sorted by, epoch milliseconds: the start of what the search's `_sort` names (R4 search
 * parameters `date`, `occurrence`, `period`), or undefined where the resource states none. Types without a sorted stream
 * have none.
 */
export function sortKeyOf(resource: Resource): number | undefined {
  switch (resource.resourceType) {
    case 'Encounter':
    case 'EpisodeOfCare':
      return start((resource as { period?: { start?: string } }).period?.start);
    case 'Appointment':
      return start((resource as { start?: string }).start);
    case 'Task':
      return start((resource as { executionPeriod?: { start?: string } }).executionPeriod?.start);
    case 'DocumentReference':
      return start((resource as { date?: string }).date);
    case 'ServiceRequest':
      return choice(resource, 'occurrence');
    case 'DiagnosticReport':
    case 'Observation':
      return choice(resource, 'effective');
    default:
      return undefined;
  }
}

function choice(resource: Resource, name: 'occurrence' | 'effective'): number | undefined {
  const stated = resource as unknown as Record<string, unknown>;
  const period = stated[`${name}Period`] as { start?: string } | undefined;
  return (
    start(stated[`${name}DateTime`]) ??
    start(stated[`${name}Instant`]) ??
    start(period?.start) ??
    timing(stated[`${name}Timing`] as Timing | undefined)
  );
}

function timing(value: Timing | undefined): number | undefined {
  const stated: unknown = value?.event;
  const events = Array.isArray(stated) ? stated.flatMap((event: unknown) => start(event) ?? []) : [];
  return events.length === 0 ? start(value?.repeat?.boundsPeriod?.start) : Math.min(...events);
}

function start(text: unknown): number | undefined {
  // A year before 1000 is a system's way to say that it has none (0001-01-01).
  return typeof text === 'string' && text >= '1000' ? parsePartialDate(text)?.start : undefined;
}
