import type { DiagnosticReport, Observation, Resource } from 'fhir/r4';
import { items, keyOf, referenceKey } from '../../timeline/read.ts';
import { isWithdrawn, newestFirst, resultDay, resultMoment } from './linked-words.ts';

/** Results that stand together: those a report names, or those of one moment that none names. */
export interface ResultGroup {
  key: string;
  report: DiagnosticReport | undefined;
  /** When they were taken, in words. */
  day: string;
  results: Observation[];
}

/**
 * Results in groups, newest first. Every result stands in each report that names it, else with those of its own moment: none is
 * left out, save what was entered in error.
 */
export function resultGroups(all: readonly Resource[]): ResultGroup[] {
  const resources = all.filter((resource) => !isWithdrawn(resource));
  const observations = resources.filter((each): each is Observation => each.resourceType === 'Observation');
  const byKey = new Map(observations.map((observation) => [keyOf(observation), observation]));
  const named = new Set<string>();
  const groups: ResultGroup[] = [];
  for (const report of resources.filter((each): each is DiagnosticReport => each.resourceType === 'DiagnosticReport')) {
    const keys = items(report.result).map((reference) => referenceKey(reference) ?? '');
    for (const key of keys) named.add(key);
    const results = [...new Set(keys)].flatMap((key) => byKey.get(key) ?? []);
    groups.push({ key: keyOf(report), report, day: resultDay(report), results });
  }
  const alone = new Map<string, Observation[]>();
  for (const observation of observations.toSorted(newestFirst)) {
    if (named.has(keyOf(observation))) continue;
    const day = resultDay(observation);
    alone.set(day, [...(alone.get(day) ?? []), observation]);
  }
  for (const [day, results] of alone) groups.push({ key: `alone ${day}`, report: undefined, day, results });
  return groups.toSorted((a, b) => momentOf(b) - momentOf(a));
}

function momentOf({ report, results }: ResultGroup): number {
  const dated = report ?? results[0];
  return dated === undefined ? 0 : resultMoment(dated);
}
