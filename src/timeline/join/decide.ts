import type { Group } from './groups.ts';
import { doubtsFrom, joinsFrom, type Verdict } from './score.ts';
import type { Telling } from './signs.ts';

/** What is one event, and what may be. */
export interface Decision {
  groups: readonly Group[];
  doubts: { a: Group; b: Group; because: string; apart: string }[];
}

interface Edge {
  a: Group;
  b: Group;
  verdict: Verdict;
}

/** No row names more than these, or the doubt would bury the row. */
const mostDoubts = 3;

/**
 * Joins by score what nothing else could be (T4): enough speaks for it, nothing against it, and neither side has another entry
 * of the other's source that comes near as well. What comes of it is never transitive: every two entries of a group that a
 * score brought together were weighed and passed, and no source is in it twice. The rest that comes near stays apart, and says so.
 */
export function decide(groups: readonly Group[], verdicts: readonly Verdict[]): Decision {
  const edges = edgesOf(groups, verdicts);
  const at = byEnd(edges);
  const partners = firmPartners(at);
  const accepted = edges.filter((edge) => isClear(edge, at, partners));
  const merged = merge(accepted);
  const doubts = doubtsOf(edges, merged);
  return { groups: merged.size === 0 ? groups : afterMerge(groups, merged), doubts };
}

function byEnd(edges: readonly Edge[]): Map<Group, Edge[]> {
  const at = new Map<Group, Edge[]>();
  const add = (end: Group, edge: Edge): void => {
    const list = at.get(end);
    if (list === undefined) at.set(end, [edge]);
    else list.push(edge);
  };
  for (const edge of edges) {
    add(edge.a, edge);
    add(edge.b, edge);
  }
  return at;
}

/** Each group as it is after merging, where its first part stood. */
function afterMerge(groups: readonly Group[], merged: ReadonlyMap<Group, Group>): Group[] {
  const met = new Set<Group>();
  return groups.flatMap((group) => {
    const whole = merged.get(group);
    if (whole === undefined) return [group];
    if (met.has(whole)) return [];
    met.add(whole);
    return [whole];
  });
}

/** The best verdict between each two groups that have no source in common. */
function edgesOf(groups: readonly Group[], verdicts: readonly Verdict[]): Edge[] {
  // Most of a long record was near nothing.
  const weighed = new Set(verdicts.flatMap(({ a, b }) => [a, b]));
  const holder = new Map<Telling, Group>();
  for (const group of groups) {
    for (const telling of group.members) if (weighed.has(telling)) holder.set(telling, group);
  }
  const best = new Map<Group, Map<Group, Edge>>();
  for (const verdict of verdicts) {
    const [a, b] = [holder.get(verdict.a), holder.get(verdict.b)];
    if (a === undefined || b === undefined || a === b || shareSource(a, b)) continue;
    const known = best.get(a)?.get(b) ?? best.get(b)?.get(a);
    if (known === undefined) best.set(a, (best.get(a) ?? new Map<Group, Edge>()).set(b, { a, b, verdict }));
    else if (speaksFirst(verdict, known.verdict)) known.verdict = verdict;
  }
  return [...best.values()].flatMap((edges) => [...edges.values()]);
}

/** Of two verdicts between the same groups the stronger; of equals always the same one, whichever was found first. */
function speaksFirst(verdict: Verdict, other: Verdict): boolean {
  return (
    verdict.score > other.score ||
    (verdict.score === other.score &&
      (verdict.grade > other.grade || (verdict.grade === other.grade && pairOf(verdict) < pairOf(other))))
  );
}

function pairOf({ a, b }: Verdict): string {
  const [x, y] = [a.entry.key, b.entry.key];
  return x < y ? `${x} ${y}` : `${y} ${x}`;
}

function shareSource(a: Group, b: Group): boolean {
  return a.members.some((x) => b.members.some((y) => x.source === y.source));
}

function shareTeller(a: Group, b: Group): boolean {
  const tellers = tellersOf(a);
  for (const teller of tellersOf(b)) if (tellers.has(teller)) return true;
  return false;
}

function otherEnd(edge: Edge, end: Group): Group {
  return edge.a === end ? edge.b : edge.a;
}

function passes({ verdict }: Edge): boolean {
  const { score, grade, bar, agrees } = verdict;
  return bar === undefined && score >= joinsFrom && (grade === 3 || (grade === 2 && agrees));
}

type Partners = ReadonlyMap<Group, ReadonlyMap<string, Group>>;

/** For each group and teller the one entry of that teller that stands at the very same time, where there is just one. */
function firmPartners(at: ReadonlyMap<Group, readonly Edge[]>): Partners {
  const partners = new Map<Group, Map<string, Group>>();
  for (const [group, edges] of at) {
    const found = new Map<string, Group | undefined>();
    for (const edge of edges) {
      if (edge.verdict.grade < 3 || !passes(edge)) continue;
      const other = otherEnd(edge, group);
      for (const teller of tellersOf(other)) found.set(teller, found.has(teller) ? undefined : other);
    }
    const firm = [...found].filter((pair): pair is [string, Group] => pair[1] !== undefined);
    if (firm.length > 0) partners.set(group, new Map(firm));
  }
  return partners;
}

/** Source by source, and its letters apart from its visits: who filed a letter may have entered the visit as well. */
function tellersOf(group: Group): ReadonlySet<string> {
  let tellers = tellersByGroup.get(group);
  if (tellers === undefined) {
    const name = ({ source, family }: Telling) =>
      `${source} ${family === 'letter' || family === 'booking' ? family : ''}`;
    tellersByGroup.set(group, (tellers = new Set(group.members.map(name))));
  }
  return tellers;
}

const tellersByGroup = new WeakMap<Group, ReadonlySet<string>>();

function isClear(edge: Edge, at: ReadonlyMap<Group, readonly Edge[]>, partners: Partners): boolean {
  if (!passes(edge)) return false;
  return [edge.a, edge.b].every((end) => {
    const other = otherEnd(edge, end);
    return (at.get(end) ?? []).every((rival) => {
      const third = otherEnd(rival, end);
      if (partOf(rival, end) !== partOf(edge, end)) return true;
      if (third === other || !shareTeller(third, other) || rival.verdict.bar !== undefined) return true;
      return isSpokenFor(third, end, partners) || isOutdone(rival.verdict, edge.verdict);
    });
  });
}

/** Which part of `end` was compared: one that tells of a call is no rival of one that tells of the visit after it. */
function partOf({ verdict }: Edge, end: Group): string {
  return end.members.includes(verdict.a) ? verdict.parts[0] : verdict.parts[1];
}

/** Whether this group has its own partner among the entries of `end`'s sources, each the only one for the other. */
function isSpokenFor(group: Group, end: Group, partners: Partners): boolean {
  for (const teller of tellersOf(end)) {
    const own = partners.get(group)?.get(teller);
    if (own === undefined || own === end) continue;
    for (const back of tellersOf(group)) if (partners.get(own)?.get(back) === group) return true;
  }
  return false;
}

/** A rival is set aside when it is two grades farther in time, or no nearer and contradicted in what the other agrees in. */
function isOutdone(rival: Verdict, by: Verdict): boolean {
  if (by.grade - rival.rivalGrade >= 2 || (by.exact && !rival.exact)) return true;
  return by.grade >= rival.grade && by.agrees && !by.contradicts && rival.contradicts && !rival.agrees;
}

/**
 * Brings accepted pairs together, best first. A third comes in only when it was accepted with each, but that a letter of a visit and
 * a booking of it have nothing to be compared by. Holds only what was brought together: what is not in it stays as it is.
 */
function merge(accepted: readonly Edge[]): Map<Group, Group> {
  const merged = new Map<Group, Group>();
  const parts = new Map<Group, Group[]>();
  const linked = new Map<Group, Set<Group>>();
  for (const { a, b } of accepted) {
    linked.set(a, (linked.get(a) ?? new Set<Group>()).add(b));
    linked.set(b, (linked.get(b) ?? new Set<Group>()).add(a));
  }
  for (const { a, b, verdict } of [...accepted].sort(byScore)) {
    const [x, y] = [merged.get(a) ?? a, merged.get(b) ?? b];
    const [xs, ys] = [parts.get(x) ?? [x], parts.get(y) ?? [y]];
    const fit = (p: Group, q: Group) =>
      linked.get(p)?.has(q) === true || (isAbout(p, 'letter') && isAbout(q, 'booking'));
    if (x === y || shareSource(x, y) || !xs.every((p) => ys.every((q) => fit(p, q) || fit(q, p)))) continue;
    const because = new Map([...x.because, ...y.because]);
    for (const telling of [verdict.a, verdict.b]) {
      if ((because.get(telling) ?? '') === '') because.set(telling, verdict.because);
    }
    const whole: Group = { members: [...x.members, ...y.members], because };
    const all = [...xs, ...ys];
    parts.set(whole, all);
    for (const part of all) merged.set(part, whole);
  }
  return merged;
}

function isAbout({ members }: Group, family: 'letter' | 'booking'): boolean {
  return members.every((telling) => telling.family === family);
}

/** Nearest in time first: a letter that states the minute is surer than an entry that states the day and the reason. */
function byScore(a: Edge, b: Edge): number {
  return b.verdict.grade - a.verdict.grade || b.verdict.score - a.verdict.score || (keyOf(a) < keyOf(b) ? -1 : 1);
}

function keyOf({ a, b }: Edge): string {
  return [...a.members, ...b.members]
    .map(({ entry }) => entry.key)
    .sort()
    .join(' ');
}

function doubtsOf(edges: readonly Edge[], merged: ReadonlyMap<Group, Group>): Decision['doubts'] {
  const doubtful = (edge: Edge): boolean => {
    const [a, b] = [merged.get(edge.a) ?? edge.a, merged.get(edge.b) ?? edge.b];
    const { score, grade, bar, agrees } = edge.verdict;
    if (a === b || score < doubtsFrom || bar === 'places differ' || bar === 'specialties differ') return false;
    const letter = edge.verdict.a.family === 'letter' || edge.verdict.b.family === 'letter';
    // A letter that says only when it was written is held against what had just ended, not against all of the weeks before.
    if (letter) return grade === 3 || (grade === 2 && agrees);
    // What has found its partner in the other's source is in doubt no more, unless both fit the time.
    return grade >= 2 || !shareSource(a, b);
  };
  const inDoubt = edges.filter(doubtful);
  const at = byEnd(inDoubt);
  for (const list of at.values()) if (list.length > mostDoubts) list.sort(byNearness);
  const isNearest = (edge: Edge, end: Group): boolean => {
    const place = at.get(end)?.indexOf(edge) ?? -1;
    return place >= 0 && place < mostDoubts;
  };
  // The strongest first: of several between the same two rows the reader is told that one.
  return inDoubt
    .filter((edge) => isNearest(edge, edge.a) || isNearest(edge, edge.b))
    .sort(byNearness)
    .map((edge) => ({
      a: merged.get(edge.a) ?? edge.a,
      b: merged.get(edge.b) ?? edge.b,
      because: edge.verdict.because,
      apart: apartWords(edge, merged),
    }));
}

/** As `byScore`; among many alike each row is named by a few, and not one row by all. */
function byNearness(a: Edge, b: Edge): number {
  return b.verdict.score - a.verdict.score || spreadOf(a) - spreadOf(b);
}

const spreads = new WeakMap<Edge, number>();

/** A number of its own for every pair, the same whenever it is asked for (FNV-1a, then mixed). */
function spreadOf(edge: Edge): number {
  let value = spreads.get(edge);
  if (value !== undefined) return value;
  value = 0x811c9dc5;
  for (const letter of keyOf(edge)) value = Math.imul(value ^ letter.charCodeAt(0), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  value ^= value >>> 12;
  spreads.set(edge, value);
  return value;
}

function apartWords(edge: Edge, merged: ReadonlyMap<Group, Group>): string {
  if (!passes(edge)) return edge.verdict.apart;
  const [a, b] = [merged.get(edge.a) ?? edge.a, merged.get(edge.b) ?? edge.b];
  return shareSource(a, b) ? 'told by the same source in a row of its own' : 'more than one fits';
}
