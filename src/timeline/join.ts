import type { Entry, UnsurePair } from './entry.ts';
import { verdictsOf } from './join/candidates.ts';
import { decide } from './join/decide.ts';
import { type Group, strongGroups } from './join/groups.ts';
import { type Telling, tellingOf } from './join/signs.ts';
import { strongLinks } from './join/strong.ts';
import { sayTransfers } from './join/transfers.ts';
import { together } from './join/together.ts';

export interface JoinOptions {
  /** Key of an entry → key of the row it stood in when it was last shown: what a reader has seen stays where it is (T2). */
  standing?: ReadonlyMap<string, string>;
}

/**
 * The same event once, with its witnesses (T4). Entries of one event come together:
 *
 * 1. by an identifier of the event that both bear, or one names as the other's (transitive; never against kind or place);
 * 2. else by what speaks for it (join/score.ts): two sources, the same place or one a report of the other, times within the
 *    tolerance of their kinds, and nothing else that it could be.
 *
 * What comes near and does not suffice stays two rows that name each other. Joining never deletes: every statement given is in
 * exactly one entry that comes back, and every witness is there as it was. The order of what is given does not matter, and
 * what was joined before may be given again. Two stays that a transfer joins in time stay two, and say so.
 */
export function joinEntries(entries: readonly Entry[], { standing }: JoinOptions = {}): Entry[] {
  const tellings: Telling[] = [];
  for (const entry of entries) {
    if (entry.joined === undefined) tellings.push(tellingOf(alone(entry)));
    else for (const { entry: witness } of entry.joined.witnesses) tellings.push(tellingOf(witness));
  }
  const strong = strongGroups(tellings, strongLinks(tellings));
  const { groups, doubts } = decide(strong, verdictsOf(tellings));
  const inDoubt = new Set(doubts.flatMap(({ a, b }) => [a, b]));
  const rows = new Map<Group, Entry>();
  const all = groups.map((group) => {
    const row = together(group, standing);
    if (inDoubt.has(group)) rows.set(group, row);
    return row;
  });
  const unsure = new Map<Entry, UnsurePair[]>();
  for (const { a, b, because, apart: why } of doubts) {
    const [x, y] = [rows.get(a), rows.get(b)];
    if (x === undefined || y === undefined) continue;
    for (const [one, other] of [
      [x, y],
      [y, x],
    ] as const) {
      const list = unsure.get(one) ?? [];
      if (list.every(({ key }) => key !== other.key)) list.push({ key: other.key, because, apart: why });
      unsure.set(one, list);
    }
  }
  return sayTransfers(
    all.map((row) => {
      const pairs = unsure.get(row);
      return pairs === undefined ? row : { ...row, unsure: pairs.sort((p, q) => (p.key < q.key ? -1 : 1)) };
    }),
  );
}

/** An entry as it was before it was held against others. */
function alone(entry: Entry): Entry {
  if (entry.unsure === undefined) return entry;
  const { unsure: _, ...before } = entry;
  return before;
}
