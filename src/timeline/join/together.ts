import { formatDateTime } from '../dates.ts';
import type { Difference, Entry, Witness } from '../entry.ts';
import { lowerStart } from '../words.ts';
import { daysDiffer, differencesOf } from './differences.ts';
import type { Group } from './groups.ts';
import { signsOf, type Telling } from './signs.ts';

/**
 * One entry of a group. It leads who did it, before who booked it, reported it or wrote of it; unless a row of it stood on the
 * page before: then that one goes on leading, so that no row moves under a reader's eyes (T2), except that what is open is
 * pinned under Now whoever tells it (misreading 5). Nothing is lost: each witness stays as it was.
 */
export function together(group: Group, standing: ReadonlyMap<string, string> | undefined): Entry {
  const [only] = group.members;
  if (only !== undefined && group.members.length === 1) return only.entry;
  const members = [...group.members].sort(byRank);
  const [best] = members;
  if (best === undefined) throw new Error('A group without members');
  const leader = standingOf(members, standing) ?? best;
  const ordered = [leader, ...members.filter((telling) => telling !== leader)];
  const entries = ordered.map(({ entry }) => entry);
  const because = wordsFor(ordered, group);
  const witnesses = entries.map((entry, place): Witness => ({
    entry,
    because: place === 0 ? undefined : because[place],
  }));
  const differences = differencesOf(entries);
  const { entry } = leader;
  return {
    ...entry,
    detail: [...entry.detail, ...alsoTold(leader, best, members)],
    cautions: [...new Set([...entries.flatMap((each) => sayingSo(each, entry)), ...cautionsOf(differences, entries)])],
    statements: entries.flatMap((each) => each.statements),
    joined: { witnesses, differences },
  };
}

/** 0: who did it; then reports of it, bookings, letters. */
function rankOf({ entry, family }: Telling): number {
  if (family === 'letter' || family === undefined) return 3;
  if (family === 'booking') return 2;
  return signsOf(entry).report ? 1 : 0;
}

function byRank(a: Telling, b: Telling): number {
  return (
    rankOf(a) - rankOf(b) ||
    Number(b.entry.state === 'open') - Number(a.entry.state === 'open') ||
    Number(b.entry.start?.precision === 'time') - Number(a.entry.start?.precision === 'time') ||
    (a.entry.key < b.entry.key ? -1 : 1)
  );
}

function standingOf(
  members: readonly Telling[],
  standing: ReadonlyMap<string, string> | undefined,
): Telling | undefined {
  if (standing === undefined) return undefined;
  const stood = members.filter(({ entry }) => standing.get(entry.key) === entry.key);
  const open = members.find(({ entry }) => entry.lasting && entry.state === 'open');
  return open !== undefined && !stood.includes(open) ? undefined : stood[0];
}

/** Why each but the first is here: its own link, or the first's where that is the only one. */
function wordsFor(ordered: readonly Telling[], { because }: Group): string[] {
  const [first] = ordered;
  const leading = first === undefined ? '' : (because.get(first) ?? '');
  return ordered.map((telling) => {
    const own = because.get(telling) ?? '';
    return own === '' ? leading : own;
  });
}

/** A row led by a letter or a report says what happened and when, as who did it tells. */
function alsoTold(leader: Telling, best: Telling, members: readonly Telling[]): string[] {
  const { entry } = best;
  const words: string[] = [];
  if (leader !== best && entry.start !== undefined) {
    words.push(`Tells of: ${lowerStart(entry.title)}, ${formatDateTime(entry.start)}`);
  }
  for (const { family, entry: booking } of members) {
    if (family !== 'booking' || leader.family === 'booking' || booking.start === undefined) continue;
    if (booking.state !== 'cancelled' && booking.state !== 'missed') {
      words.push(`Planned for ${formatDateTime(booking.start)}, kept`);
    }
  }
  return words.filter((each) => !leader.entry.detail.includes(each));
}

/** The leader's own cautions, and what others say of contradiction. */
function sayingSo(each: Entry, leader: Entry): readonly string[] {
  return each === leader ? each.cautions : each.cautions.filter((caution) => caution.startsWith('Sources differ'));
}

/** What contradicts is said on the row (misreading 10); times of one day and reasons in other words stand in the details. */
function cautionsOf(differences: readonly Difference[], entries: readonly Entry[]): string[] {
  const words = differences.flatMap(({ what }) => {
    if (what === 'time') return daysDiffer(entries) ? ['dates'] : [];
    if (what === 'reason') return [];
    return [what === 'state' ? 'outcome' : what];
  });
  return [...new Set(words)].map((what) => `Sources differ: ${what}`);
}
