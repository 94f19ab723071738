import { formatDay } from '../dates.ts';
import type { Lane } from '../entry.ts';
import type { Span } from './months.ts';

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
  /** What is not there, for the sentence: `Care assessments and reviews`; the setting, where nobody holds it. */
  what: string;
}

const said: Record<GroundKind, string> = {
  loading: 'not read yet',
  stopped: 'not read: loading was stopped',
  failed: 'could not be read',
  'not-held': 'before records start',
};

/** The grounds of one setting. */
export function groundsUnder(grounds: readonly Ground[], lane: Lane): Ground[] {
  return grounds.filter(({ lanes }) => lanes === undefined || lanes.includes(lane));
}

/** Whether entries of a setting may be missing from a span, for whatever reason. */
export function isPartial(grounds: readonly Ground[], lane: Lane, span: Span): boolean {
  return groundsUnder(grounds, lane).some(({ from, to }) => from < span.to && to > span.from);
}

/** What the hatching in a span means, each reason once: `Hatched: not read yet; could not be read`. */
export function hatchWords(grounds: readonly Ground[], span: Span): string | undefined {
  const kinds = grounds.filter(({ from, to }) => from < span.to && to > span.from).map(({ kind }) => said[kind]);
  return kinds.length === 0 ? undefined : `Hatched: ${[...new Set(kinds)].join('; ')}`;
}

/** What was not read, as whole sentences, and since when the connected records reach, in one for each such day. */
export function groundSentences(grounds: readonly Ground[]): { unread: string[]; starts: string[] } {
  const unread = grounds.filter(({ kind }) => kind !== 'not-held').map(unreadSentence);
  const starts = Map.groupBy(
    grounds.filter(({ kind }) => kind === 'not-held'),
    ({ to }) => to,
  );
  return {
    unread: [...new Set(unread)],
    starts: [...starts].map(([to, those]) => {
      const settings = those.map(({ what }) => what).join(', ');
      return `${settings}: connected records start from ${formatDay(to)}. Earlier care is not in them.`;
    }),
  };
}

function unreadSentence({ kind, from, to, what }: Ground): string {
  const before = to === Infinity ? '' : ` before ${formatDay(to)}`;
  const after = from === -Infinity ? '' : ` from ${formatDay(from)} on`;
  return `${what}${before}${after}: ${said[kind]}. Entries may be missing.`;
}
