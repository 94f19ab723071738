import type { DiagnosticReport, Reference } from 'fhir/r4';
import { parsePartialDate } from '../../../../fhir/partial-date.ts';
import type { JsonObject } from '../../../resource/json.ts';
import { period } from './datatypes.ts';
import { object, objects, words } from './read.ts';
import type { Reading } from './reading.ts';

/** Deeper than this no laboratory groups its tests. */
const deepest = 5;

/** One result of a report: the entry where it was sent, and the reference to it. */
export interface ReportPart {
  reference: Reference;
  entry: JsonObject | undefined;
  /** A header that only says what the tests after it are. */
  isHeader: boolean;
}

/**
 * A report's results with those of its groups, each once. GP Connect names the headers of groups, and those name their tests;
 * a reader of R4 looks at the report alone, and would find a header without a value where the results are.
 */
export function partsOf(report: JsonObject, reading: Reading): ReportPart[] {
  const parts = new Map<string, ReportPart>();
  const add = (sent: unknown, depth: number): void => {
    const reference = reading.refer(sent);
    if (reference === undefined) return;
    const key = reference.reference ?? JSON.stringify(reference);
    if (parts.has(key)) return;
    const entry = reading.find(sent);
    const members = membersOf(entry);
    parts.set(key, { reference, entry, isHeader: members.length > 0 && !saysSomething(entry) });
    if (depth < deepest) for (const member of members) add(member, depth + 1);
  };
  for (const sent of objects(report['result'])) add(sent, 0);
  return [...parts.values()];
}

function membersOf(entry: JsonObject | undefined): unknown[] {
  return objects(entry?.['related']).flatMap(({ type, target }) => (type === 'has-member' ? [target] : []));
}

/** Whether an entry has a value or words of its own. */
export function saysSomething(entry: JsonObject | undefined): boolean {
  const keys = Object.keys(entry ?? {});
  return keys.some((key) => /^value[A-Z]/.test(key) || key === 'component' || key === 'comment');
}

/**
 * When what was tested was taken. GP Connect reports state only when they were issued, which is no event (T1): the moment is
 * the specimen's, else that of the results.
 */
export function takenAt(
  report: JsonObject,
  parts: readonly ReportPart[],
  reading: Reading,
): Pick<DiagnosticReport, 'effectiveDateTime' | 'effectivePeriod'> {
  const own = words(report['effectiveDateTime']);
  if (own !== undefined) return { effectiveDateTime: own };
  const stated = period(report['effectivePeriod']);
  if (stated !== undefined) return { effectivePeriod: stated };
  const collected = objects(report['specimen']).flatMap((one) => {
    const collection = object(reading.find(one)?.['collection']);
    return words(collection?.['collectedDateTime']) ?? period(collection?.['collectedPeriod'])?.start ?? [];
  });
  const tested = parts.flatMap(({ entry }) => words(entry?.['effectiveDateTime']) ?? []);
  const moments = [...new Set(collected.length > 0 ? collected : tested)]
    .flatMap((text) => parsePartialDate(text) ?? [])
    .sort((a, b) => a.start - b.start);
  const [first, last] = [moments[0], moments.at(-1)];
  if (first === undefined || last === undefined) return {};
  return first === last
    ? { effectiveDateTime: first.text }
    : { effectivePeriod: { start: first.text, end: last.text } };
}
