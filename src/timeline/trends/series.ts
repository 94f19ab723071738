import type { Observation } from 'fhir/r4';
import { loinc } from '../../../fhir/systems.ts';
import { text } from '../read.ts';
import { measureOf, type Measure, measures, primaryCode } from './code-keys.ts';
import { type Reading, takeApart, type TrendContext, type Unusable } from './reading.ts';

/** Readings of one measurement in one unit: what may share an axis, and nothing else (misreading 20). */
export interface Series {
  /** Unique among the series: code and unit. */
  key: string;
  measure: Measure | undefined;
  name: string;
  /** `mmHg`; undefined where the unit was not stated. */
  unit: string | undefined;
  /** Every code its readings carry. */
  codes: readonly string[];
  /** At least one; oldest first. */
  readings: readonly [Reading, ...Reading[]];
}

export interface Trends {
  /** The measures of the table first, in its order; then by name; of one name, the one last measured first. */
  series: Series[];
  /** What was sent and cannot be drawn, newest first. */
  unusable: Unusable[];
  /** Entered in error: left out, and counted. */
  withdrawn: number;
}

/**
 * Sorts observations into series by code (`system|code`, never by words) and unit. Every observation comes out as readings,
 * as something that says why it cannot be drawn, or counted as withdrawn; none is lost (T3). No value is converted.
 */
export function trendsOf(observations: readonly Observation[], context: TrendContext): Trends {
  const usable = observations.filter(({ status }) => text(status) !== 'entered-in-error');
  const taken = usable.map((observation) => takeApart(observation, context));
  const readings = taken.flatMap((one) => one.readings);
  const identify = identityAmong(readings);
  const groups = new Map<string, [Reading, ...Reading[]]>();
  for (const reading of readings) {
    const key = `${identify(reading)} ${reading.values.length} ${reading.unit.key}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [reading]);
    else group.push(reading);
  }
  const series = [...groups].map(([key, group]) => seriesOf(key, group));
  return {
    series: series.sort(byImportance),
    unusable: taken
      .flatMap((one) => one.unusable)
      .sort((a, b) => (b.taken?.start ?? -Infinity) - (a.taken?.start ?? -Infinity)),
    withdrawn: observations.length - usable.length,
  };
}

/**
 * Which measurement each reading is of. One that carries no LOINC code joins the LOINC series that shares its code, where
 * exactly one does: a general code that several tests carry joins nothing.
 */
function identityAmong(readings: readonly Reading[]): (reading: Reading) => string {
  const carriers = new Map<string, Set<string>>();
  for (const { codes } of readings) {
    const primary = primaryCode(codes) ?? '';
    if (!primary.startsWith(`${loinc}|`)) continue;
    for (const code of codes) carriers.set(code, (carriers.get(code) ?? new Set()).add(primary));
  }
  return ({ codes }) => {
    const primary = primaryCode(codes) ?? '';
    const [only, ...more] = carriers.get(primary) ?? [];
    return only === undefined || more.length > 0 ? primary : only;
  };
}

function seriesOf(key: string, group: [Reading, ...Reading[]]): Series {
  group.sort((a, b) => a.span.start - b.span.start || (a.key < b.key ? -1 : 1));
  const codes = [...new Set(group.flatMap((reading) => reading.codes))].toSorted();
  const measure = measureOf(codes);
  const latest = latestOf({ readings: group });
  // A measure's name stands for its first, paired group; a lone systolic keeps its own.
  const first = measure?.groups[0]?.some((code) => codes.includes(code)) === true;
  const name = measure !== undefined && (first || measure.id !== 'blood-pressure') ? measure.name : latest.name;
  return { key, measure, name, unit: latest.unit.words, codes, readings: group };
}

function byImportance(a: Series, b: Series): number {
  const byName = rank(a) - rank(b) || a.name.localeCompare(b.name, 'en-GB');
  return byName || latestOf(b).span.start - latestOf(a).span.start || (a.key < b.key ? -1 : 1);
}

/** The newest reading of a series. */
export function latestOf({ readings }: Pick<Series, 'readings'>): Reading {
  return readings.at(-1) ?? readings[0];
}

function rank({ measure }: Series): number {
  return measure === undefined ? measures.length : measures.indexOf(measure);
}
