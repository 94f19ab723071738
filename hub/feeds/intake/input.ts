import type { InputIndex, Statement } from './input-index.ts';
import { Ledger } from './ledger.ts';
import type { Origin } from '../../resource/stamp.ts';

/** The person one of the source's patient records belongs to. */
export interface Place {
  person: string;
  /** `source|local id`. */
  origin: string;
}

/** One message, file or folder while it is taken in. */
export interface Input {
  origin: Origin;
  index: InputIndex;
  /** By the source's patient id; a record that was refused, or is not known, has none. */
  people: Map<string, Place>;
  /** Why a patient record of this input was refused by matching. */
  refusedPeople: Map<string, string>;
  ledger: Ledger;
  /** Told for every resource taken into a person's record, when its transaction has been committed. */
  onTaken: ((person: string) => void) | undefined;
}

/** One resource of an input with its place there. */
export interface Telling {
  input: Input;
  statement: Statement;
  ordinal: number;
}

/** Names the hub writes rows of its own under. */
const ownNames = new Set(['hub', 'sign-on']);

/**
 * Whether a source may be called so: not as the hub itself, and without a bar: `a|1` with record `2` would be the same
 * origin as `a` with `1|2`, and merging would move the rows of both (false join).
 */
export function isSourceName(name: string): boolean {
  return name !== '' && !name.includes('|') && !ownNames.has(name);
}

/** Begins to take an input in, when everything of it has been noted in the index. Throws when its source may not be called so. */
export function newInput(origin: Origin, index: InputIndex, onTaken?: (person: string) => void): Input {
  if (!isSourceName(origin.source)) {
    throw new Error('A source is not named hub or sign-on, and has no bar in its name.');
  }
  const ledger = new Ledger();
  for (const [remark, times] of index.remarks) ledger.remark(remark, times);
  return { origin, index, people: new Map(), refusedPeople: new Map(), ledger, onTaken };
}
