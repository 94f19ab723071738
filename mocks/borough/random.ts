/** A stream of chance that always runs the same way for the same seed: the borough must be the same on every machine. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  /** True in this share of draws, 0 to 1. */
  chance(share: number): boolean;
  /** One of the items. Throws when there is none. */
  pick<T>(items: readonly T[]): T;
  /** One of the items, by weight. Throws when there is none. */
  weighted<T>(items: readonly (readonly [T, number])[]): T;
  /** An independent stream: what one person draws never changes what the next one draws. */
  fork(label: string): Random;
}

/** Mulberry32 (public domain, Tommy Ettinger): 32 bits of state, enough for invented people and quick everywhere. */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const random: Random = {
    next,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (share) => next() < share,
    pick: (items) => itemAt(items, Math.floor(next() * items.length)),
    weighted: (items) => {
      let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      return itemAt(items, items.length - 1)[0];
    },
    fork: (label) => makeRandom(hash(`${seed}/${label}`)),
  };
  return random;
}

/** FNV-1a over the text's UTF-16 units: spreads labels over seeds. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

function itemAt<T>(items: readonly T[], index: number): T {
  if (index < 0 || index >= items.length) throw new Error('Nothing to pick from');
  return items[index] as T;
}
