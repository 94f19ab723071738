/** What the patient banner says (T9, NHS Common User Interface, Patient Banner). Every text is ready to show. */
export interface Banner {
  /** `FAMILY, Given (Title)`. */
  name: string;
  /** The same name in Latin script, where the official one is not. */
  transliteration: string | undefined;
  /** `12-Mar-1948`, or `Not recorded`. */
  born: string;
  /** `78y`; for the dead, the age at death; undefined where nothing can be said. */
  age: string | undefined;
  /** `Female`; never shortened. */
  gender: string;
  /** Bare digits, or undefined. Show with formatNhsNumber. */
  nhsNumber: string | undefined;
  /** In words, where it is other than verified: `Not traced`. Undefined when verified. */
  nhsNumberStatus: string | undefined;
  deceased: Death;
  /** Former and other names, and names known by. */
  otherNames: string[];
  address: string;
  phone: string;
  gp: string;
}

/**
 * `confirmed`: the national notice, or two sources or more. `reported`: one source alone, so the banner stays as it is
 * and says who reports it (misreading 19).
 */
export type Death =
  | { kind: 'no' }
  | { kind: 'confirmed' | 'reported'; date: string | undefined; age: string | undefined; by: string | undefined };
