import type { Telling } from './signs.ts';
import type { StrongLink } from './strong.ts';

/** Entries that are one event, with why each is held to be one with the others; what stands alone has no why. */
export interface Group {
  members: Telling[];
  because: ReadonlyMap<Telling, string>;
}

const noWhy: ReadonlyMap<Telling, string> = new Map();

/**
 * Groups by strong links, which alone are transitive (T4). Two visits, stays or calls of one source come together only where a
 * number says so of the two themselves; a third entry that names both is linked to neither. The order of the links never matters.
 */
export function strongGroups(tellings: readonly Telling[], links: readonly StrongLink[]): Group[] {
  if (links.length === 0) return tellings.map(lone);
  const near = neighbours(links);
  const believed = links.filter(({ a, b }) => !bridges(a, b, near) && !bridges(b, a, near));
  const groups = components(tellings, believed);
  const linkOf = new Map<Telling, string>();
  for (const { a, b, because } of believed) {
    for (const telling of [a, b]) if (!linkOf.has(telling)) linkOf.set(telling, because);
  }
  return groups.flatMap((members): Group[] => {
    if (members.length === 1 || holdsTwoOfOneSource(members, near)) return members.map(lone);
    return [{ members, because: new Map(members.map((telling) => [telling, linkOf.get(telling) ?? ''])) }];
  });
}

function lone(telling: Telling): Group {
  return { members: [telling], because: noWhy };
}

type Neighbours = ReadonlyMap<Telling, ReadonlySet<Telling>>;

function neighbours(links: readonly StrongLink[]): Neighbours {
  const near = new Map<Telling, Set<Telling>>();
  for (const { a, b } of links) {
    near.set(a, (near.get(a) ?? new Set<Telling>()).add(b));
    near.set(b, (near.get(b) ?? new Set<Telling>()).add(a));
  }
  return near;
}

/** Whether `a` names `b` and another of the same source, and nothing says that those two are one. */
function bridges(a: Telling, b: Telling, near: Neighbours): boolean {
  for (const other of near.get(a) ?? []) if (other !== b && aretwo(other, b, near)) return true;
  return false;
}

function aretwo(x: Telling, y: Telling, near: Neighbours): boolean {
  return isEvent(x) && isEvent(y) && x.source === y.source && near.get(x)?.has(y) !== true;
}

/** Letters and bookings are about an event; several may be. */
function isEvent({ family }: Telling): boolean {
  return family !== 'letter' && family !== 'booking';
}

function holdsTwoOfOneSource(members: readonly Telling[], near: Neighbours): boolean {
  return members.some((x, place) => members.slice(place + 1).some((y) => aretwo(x, y, near)));
}

function components(tellings: readonly Telling[], links: readonly StrongLink[]): Telling[][] {
  const parent = new Map<Telling, Telling>();
  const top = (telling: Telling): Telling => {
    let place = telling;
    for (let up = parent.get(place); up !== undefined; up = parent.get(place)) place = up;
    if (place !== telling) parent.set(telling, place);
    return place;
  };
  for (const { a, b } of links) {
    const [x, y] = [top(a), top(b)];
    if (x !== y) parent.set(x, y);
  }
  const linked = new Set(links.flatMap(({ a, b }) => [a, b]));
  const groups: Telling[][] = [];
  const byRoot = new Map<Telling, Telling[]>();
  for (const telling of tellings) {
    const root = linked.has(telling) ? top(telling) : undefined;
    const list = root === undefined ? undefined : byRoot.get(root);
    if (list !== undefined) {
      list.push(telling);
      continue;
    }
    const group = [telling];
    groups.push(group);
    if (root !== undefined) byRoot.set(root, group);
  }
  return groups;
}
