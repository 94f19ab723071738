import { formatDay } from '../dates.ts';
import type { Lane } from '../entry.ts';

/** Why nothing drawn somewhere does not mean that nothing happened (T3). */
export type GroundKind = 'loading' | 'stopped' | 'failed' | 'not-held';

/** A stretch of a lane that was not read, or that no connected source holds. It is hatched, never left empty. */
export interface Ground {
  kind: GroundKind;
  /** The settings it lies under; undefined: all of them. */
  lanes: readonly Lane[] | undefined;
  /** Epoch milliseconds; ±Infinity where it has no bound. */
  from: number;
  to: number;
  /** What is not there, for the sentence: `Care assessments and reviews`. */
  what: string;
}

const said: Record<GroundKind, string> = {
  loading: 'not read yet',
  stopped: 'not read: loading was stopped',
  failed: 'could not be read',
  'not-held': 'not held by a connected source',
};

/** The grounds of one setting. */
export function groundsUnder(grounds: readonly Ground[], lane: Lane): Ground[] {
  return grounds.filter(({ lanes }) => lanes === undefined || lanes.includes(lane));
}

/** What the hatching in a span means, each reason once: `Hatched: not read yet; could not be read`. */
export function hatchWords(grounds: readonly Ground[], span: { from: number; to: number }): string | undefined {
  const kinds = grounds.filter(({ from, to }) => from < span.to && to > span.from).map(({ kind }) => said[kind]);
  return kinds.length === 0 ? undefined : `Hatched: ${[...new Set(kinds)].join('; ')}`;
}

/** A whole sentence about one ground, for the overview in words. */
export function groundWords({ kind, from, to, what }: Ground): string {
  const before = to === Infinity ? '' : ` before ${formatDay(to)}`;
  const after = from === -Infinity ? '' : ` from ${formatDay(from)} on`;
  return `${what}${before}${after}: ${said[kind]}. Entries may be missing.`;
}
