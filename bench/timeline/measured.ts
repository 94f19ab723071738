/** What a page says on its console once it has measured itself. */
export const measuredWord = 'measured';

/**
 * What a page measured of itself; the driver waits to be told and reads it. Milliseconds since the navigation, without the time
 * in which the record was brought into memory.
 */
export interface Measured {
  /** The first entries are painted. */
  first: number | undefined;
  /** Every entry can be reached: the list knows how many there are, and that none is missing. */
  all: number | undefined;
}

/** Milliseconds of each round, in turns. */
export interface Order {
  floor: number[];
  /** Entries just mapped: none of them was ever joined or laid out. */
  ours: number[];
  /** All but the last page of it has been drawn before. */
  again: number[];
  /** As `ours`, and what the join reads of each entry, which the product reads as it maps, is counted too. */
  unread: number[];
}
