import { makeTruthSet } from '../../mocks/truth-set/make.ts';
import type { Figure } from '../figure.ts';
import { type Assessment, assess, emptyAssessment, type Tally, wilson } from './assess.ts';

/** What the join must hold: a false join is a harm, and a million joins leave none to spare. */
export const bars = { precision: 0.9999, recall: 0.95 } as const;

/** So many that, without one false join, the lower end of the interval holds the bar too. */
const people = 10_000;
const seed = 20_261_122;
const now = new Date('2026-11-22T10:42:00Z');

/** Joins the invented borough as its sources tell it, with faults, and holds what came of it against what happened (T4). */
export function assessBorough(size: { people: number; seed: number }): Assessment {
  const found = emptyAssessment();
  for (const record of makeTruthSet({ ...size, now })) assess(record, now.getTime(), found);
  return found;
}

/** Prints the table to stderr, so that `--json` stays one figure a line; a bar not held ends the run with 1. */
export function measureJoin(): Promise<Figure[]> {
  const found = assessBorough({ people, seed });
  for (const line of tableOf(found)) console.error(line);
  const precision = found.all.right / found.all.joined;
  const recall = found.all.right / found.all.pairs;
  if (precision < bars.precision || recall < bars.recall) process.exitCode = 1;
  const [exact, whole] = [wilson(found.all.right, found.all.joined), wilson(found.all.right, found.all.pairs)];
  const range = ({ low, high }: { low: number; high: number }) =>
    `95 % interval ${low.toFixed(5)} to ${high.toFixed(5)}`;
  return Promise.resolve([
    {
      name: 'join.precision',
      value: precision,
      unit: `of ${found.all.joined} joins`,
      against: `at least ${bars.precision}; ${range(exact)}`,
      ratio: precision / bars.precision,
    },
    {
      name: 'join.recall',
      value: recall,
      unit: `of ${found.all.pairs} pairs`,
      against: `at least ${bars.recall}; ${range(whole)}`,
      ratio: recall / bars.recall,
    },
    { name: 'join.people', value: found.people, unit: 'people', against: 'at least 5,000', ratio: found.people / 5000 },
  ]);
}

/** The table by pair of kinds and by noise, and every false join in its own words. */
export function tableOf(found: Assessment): string[] {
  const line = (name: string, { pairs, joined, right, missed, unsure }: Tally) =>
    [name.padEnd(40), ...[pairs, joined, right, joined - right, missed, unsure].map((n) => String(n).padStart(8))].join(
      '',
    );
  const rows = (map: ReadonlyMap<string, Tally>) =>
    [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map((row) => line(...row));
  return [
    `Joined as ${found.people} people's sources tell it; "unsure" are missed pairs whose rows name each other.`,
    `${''.padEnd(40)}${['pairs', 'joined', 'right', 'false', 'missed', 'unsure'].map((name) => name.padStart(8)).join('')}`,
    line('all', found.all),
    ...rows(found.byKinds),
    'by what was wrong with how it was written (a pair may have several):',
    ...rows(found.byNoise),
    `Two events marked as possibly one: ${found.needlessDoubts}`,
    `False joins: ${found.falseJoins.length}`,
    ...found.falseJoins.flatMap(({ person, kinds, because, statements }) => [
      `- ${person}: ${kinds}, joined for: ${because}`,
      ...statements.map((words) => `    ${words}`),
    ]),
  ];
}
