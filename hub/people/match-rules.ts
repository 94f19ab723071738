import type { Demographics } from './demographics.ts';

/** A person already known by the same NHS number, with the statements that carry it. */
export interface Candidate {
  person: string;
  statements: Demographics[];
}

type ConflictKind =
  | 'contradiction'
  | 'unconfirmed-number'
  | 'ambiguous-number'
  | 'local-id-reused'
  | 'number-changed'
  | 'record-moved';

/** Something matching would not decide alone. */
export interface Conflict {
  kind: ConflictKind;
  /** The person the record may also be. */
  other: string;
  /** For the worklist; no patient data. */
  reason: string;
}

/** Whom the NHS number leads to, if anyone, and what a human should look at. */
export interface Decision {
  person: string | undefined;
  conflicts: Conflict[];
}

/**
 * Decides whether an NHS number joins a record to a person already known by it. Harms: wrong patient, false join.
 * A number counts as confirmed when both sides state it as verified (01) or without a status; then the birth date and
 * any part of a name must agree; names in two scripts say nothing of each other, and there both sides must state it as
 * verified. Otherwise the birth date and the family name must. A missing field never counts as agreement. Two persons that both agree are left for a human.
 */
export function decideByNumber(incoming: Demographics, candidates: readonly Candidate[]): Decision {
  const agreeing = candidates.filter(({ statements }) => statements.some((known) => agrees(incoming, known)));
  if (agreeing.length === 1 && agreeing[0]) return { person: agreeing[0].person, conflicts: [] };
  if (agreeing.length > 1) {
    const conflicts = agreeing.map(({ person }) => ({ ...ambiguous, other: person }));
    return { person: undefined, conflicts };
  }
  const conflicts = candidates.map(({ person, statements }) => ({
    ...(statements.some((known) => contradicts(incoming, known)) ? contradiction : unconfirmed),
    other: person,
  }));
  return { person: undefined, conflicts };
}

const ambiguous = {
  kind: 'ambiguous-number',
  reason: 'The NHS number and demographics fit more than one person.',
} as const;
const contradiction = {
  kind: 'contradiction',
  reason: 'The NHS number is the same, the birth date or the name is not.',
} as const;
const unconfirmed = {
  kind: 'unconfirmed-number',
  reason: 'The NHS number is the same but not confirmed, or too little else is known to join.',
} as const;

/** Whether two statements of one NHS number are about one person, by the rule of `decideByNumber`. */
export function agrees(a: Demographics, b: Demographics): boolean {
  if (!sameBirthDate(a, b)) return false;
  if (isVerified(a) && isVerified(b) && inTwoScripts(a, b)) return true;
  return isConfirmed(a) && isConfirmed(b) ? sharesNamePart(a, b) : sharesFamily(a, b);
}

/** Whether two statements cannot be about one person as written: both say it, and they differ. */
export function contradicts(a: Demographics, b: Demographics): boolean {
  return differentBirthDate(a, b) || (differentNames(a, b) && !inTwoScripts(a, b));
}

/** Whether everything stated about who it is has changed: then a local id has been given to somebody else. */
export function isSomebodyElse(before: Demographics, after: Demographics): boolean {
  return differentBirthDate(before, after) && differentNames(before, after);
}

function isConfirmed(statement: Demographics): boolean {
  return statement.verification === undefined || isVerified(statement);
}

function isVerified({ verification }: Demographics): boolean {
  return verification === '01';
}

function sameBirthDate(a: Demographics, b: Demographics): boolean {
  return a.birthDate !== undefined && a.birthDate.length === 10 && a.birthDate === b.birthDate;
}

/** A partial date that the other one continues does not contradict it. */
function differentBirthDate(a: Demographics, b: Demographics): boolean {
  if (a.birthDate === undefined || b.birthDate === undefined) return false;
  return !a.birthDate.startsWith(b.birthDate) && !b.birthDate.startsWith(a.birthDate);
}

function differentNames(a: Demographics, b: Demographics): boolean {
  return parts(a).length > 0 && parts(b).length > 0 && !sharesNamePart(a, b);
}

/** One side has names in Latin letters alone, the other in none: রহমান may be Rahman. */
function inTwoScripts(a: Demographics, b: Demographics): boolean {
  const latin = [a, b].map((one) => new Set(parts(one).map((part) => /\p{Script=Latin}/u.test(part))));
  const [ofA, ofB] = latin;
  return ofA?.size === 1 && ofB?.size === 1 && ofA.has(true) !== ofB.has(true);
}

function sharesFamily(a: Demographics, b: Demographics): boolean {
  return a.families.some((family) => b.families.includes(family));
}

function sharesNamePart(a: Demographics, b: Demographics): boolean {
  const known = new Set(parts(b));
  return parts(a).some((part) => known.has(part));
}

/** A Latin initial is no name part, it would agree with too many people; one Chinese character is a whole name. */
function parts(statement: Demographics): string[] {
  return [...statement.families, ...statement.givens].filter((part) => !/^[a-z]$/.test(part));
}
