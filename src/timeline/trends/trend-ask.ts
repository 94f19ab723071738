import type { Observation } from 'fhir/r4';
import { codesToAsk, measureOf } from './code-keys.ts';
import { observationCodes, takeApart, type TrendContext } from './reading.ts';
import type { Series } from './series.ts';

/** Which results are to be seen over time. */
export interface TrendAsk {
  name: string;
  /** FHIR search tokens, `system|code` or a code alone; at least one. */
  codes: readonly string[];
}

/** What to ask for to see a result over time; undefined where it holds no number, or no code that a hub can look for. */
export function trendAskOf(observation: Observation, context: TrendContext): TrendAsk | undefined {
  const { readings } = takeApart(observation, context);
  const [first] = readings;
  const codes = observationCodes(observation);
  if (first === undefined || codes.length === 0) return undefined;
  const name = measureOf([...codes, ...readings.flatMap((reading) => reading.codes)])?.name ?? first.name;
  return { name, codes: tokens(codes) };
}

/** What to ask for to see a listed series whole. */
export function askForSeries({ name, codes, readings }: Series): TrendAsk {
  return { name, codes: tokens([...codes, ...readings.flatMap((reading) => observationCodes(reading.observation))]) };
}

/** A code whose system was not stated is looked for by itself. */
function tokens(codes: readonly string[]): string[] {
  return [...new Set(codesToAsk(codes).map((code) => code.replace(/^source:[^|]*\|/, '')))];
}
