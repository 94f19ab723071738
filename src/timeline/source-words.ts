import { parsePartialDate } from '../../fhir/partial-date.ts';
import { isSourceId, sourceNames } from '../../fhir/sources.ts';
import { formatDate, formatDateTime } from './dates.ts';

/** A source as the trust line needs it; the record's own source state fits. */
export interface SourceFacts {
  id: string;
  name: string;
  status: 'ok' | 'late' | 'failed' | 'partial' | 'not-connected';
  /** ISO 8601. */
  asAt: string | undefined;
  /** It holds nothing before this date. */
  startsFrom: string | undefined;
  message?: string | undefined;
}

/** One line of the list of sources: how old its data is, where it starts, or that it is not connected (misreading 3). */
export function sourceLine(source: SourceFacts): { name: string; age: string; startsFrom: string | undefined } {
  const asAt = asAtWords(source);
  const starts = dateWords(source.startsFrom);
  const ages: Record<SourceFacts['status'], string> = {
    ok: asAt === undefined ? 'read now' : `as at ${asAt}`,
    late: asAt === undefined ? 'late' : `late: as at ${asAt}`,
    partial: asAt === undefined ? 'part only' : `part only: as at ${asAt}`,
    failed: asAt === undefined ? 'not read' : `not read: last as at ${asAt}`,
    'not-connected': 'not connected',
  };
  return {
    name: nameOfSource(source),
    age: ages[source.status],
    startsFrom: starts === undefined ? undefined : `starts from ${starts}`,
  };
}

/** The service first, the system in brackets, because a reader may have to ask there: `GP records (EMIS)`. */
export function recordsName(id: string): string {
  if (!isSourceId(id)) return id;
  const { records, system } = sourceNames[id];
  return id === 'patient' ? records : `${records} (${system})`;
}

export function nameOfSource(source: SourceFacts): string {
  return isSourceId(source.id) ? recordsName(source.id) : source.name;
}

/** The service alone: `Out-of-hours and 111 records`. */
export function serviceOf(source: SourceFacts): string {
  return isSourceId(source.id) ? sourceNames[source.id].records : source.name;
}

export function asAtWords(source: SourceFacts): string | undefined {
  const date = parsePartialDate(source.asAt);
  return date === undefined ? undefined : formatDateTime(date);
}

/** A FHIR date in words, or undefined for what is none. */
export function dateWords(text: string | undefined): string | undefined {
  const date = parsePartialDate(text);
  return date === undefined ? undefined : formatDate(date);
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
