/** Who may use Care Timeline, and about whom, from one day on. What is not told does not limit. */
export interface Phase {
  /** As shown: `the first phase`. */
  name: string;
  /** London's day it begins on, ISO 8601; from the beginning unless told. */
  from?: string | undefined;
  /** ODS codes. */
  organisations?: readonly string[] | undefined;
  /** User ids, as in the audit, beside the organisations. */
  users?: readonly string[] | undefined;
  /** NHS numbers, ten bare digits. */
  people?: ReadonlySet<string> | undefined;
}

/** How Care Timeline comes into use, phase after phase. */
export interface Rollout {
  /** Whom those outside can ask: `the digital team, 020 7946 0000`. */
  askWhom: string;
  phases: readonly Phase[];
}

/** What of a user decides. */
export interface RolloutUser {
  id: string;
  organisation: string;
}

/** The phase in force: of those that have begun, the one that began last. Undefined before the first. */
export function phaseAt({ phases }: Rollout, now: Date): Phase | undefined {
  const today = londonDay.format(now);
  return phases
    .filter(({ from = '' }) => from <= today)
    .toSorted((a, b) => (a.from ?? '').localeCompare(b.from ?? ''))
    .at(-1);
}

/** Whether staff of this organisation, or this very user, are in; everybody is where the phase names neither. */
export function includesUser({ organisations, users }: Phase, { id, organisation }: RolloutUser): boolean {
  if (organisations === undefined && users === undefined) return true;
  return (organisations?.includes(organisation) ?? false) || (users?.includes(id) ?? false);
}

/** Whether the record of somebody with this NHS number is in. Who has none is in a phase of everybody alone. */
export function includesPerson({ people }: Phase, nhsNumber: string | undefined): boolean {
  return people === undefined || (nhsNumber !== undefined && people.has(nhsNumber));
}

/** `2026-11-22`, as London's calendars have it. */
const londonDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London', dateStyle: 'short' });
