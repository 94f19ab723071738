import { createHash } from 'node:crypto';
import { londonInstant } from '../../../fhir/partial-date.ts';
import { dayAt, minute } from '../../borough/clock.ts';
import type { HappeningOf } from '../../borough/happenings.ts';
import { makeRandom } from '../../borough/random.ts';
import type { Life } from '../../borough/truth.ts';

/** One case as Adastra holds it: a call, and the visit that came of it. */
export interface AdastraCase {
  /** The case's reference, a GUID. */
  guid: string;
  number: string;
  life: Life;
  calls: HappeningOf<'urgent-call'>[];
  visits: HappeningOf<'urgent-visit'>[];
  habits: CaseHabits;
}

/** How badly this one case was written down. */
interface CaseHabits {
  /** No NHS number was found for the caller. */
  withoutNumber: boolean;
  /** Only an age was asked for. */
  ageOnly: boolean;
  /** The 111 report was sent as well. */
  reported: boolean;
  /** Names in capitals. */
  loud: boolean;
}

/** NHS 111 and its report began in April 2013; calls before went to the service itself. */
const reportsBegin = londonInstant(2013, 4, 1);

/**
 * The cases of one life, in the order in which they were raised. The people of the demonstration are written down as their
 * stories have it; of the others' cases a share lack the NHS number or a birth date, as out-of-hours records do.
 */
export function casesOf(life: Life): AdastraCase[] {
  const calls = life.happenings.filter((event) => event.kind === 'urgent-call');
  const visits = life.happenings.filter((event) => event.kind === 'urgent-visit');
  const numbers = [...new Set([...calls, ...visits].sort((a, b) => a.start - b.start).map((each) => each.caseNumber))];
  return numbers.map((number) => {
    const own = {
      calls: calls.filter(({ caseNumber }) => caseNumber === number),
      visits: visits.filter(({ caseNumber }) => caseNumber === number),
    };
    return {
      guid: guidOf(`adastra case ${life.person.key} ${number}`),
      number,
      life,
      ...own,
      habits: habitsOf(life, own.calls, number),
    };
  });
}

function habitsOf({ person }: Life, calls: AdastraCase['calls'], number: string): CaseHabits {
  const random = makeRandom(Number.parseInt(digestOf(`${person.key} ${number}`).slice(0, 8), 16));
  const [bare, vague, told, loud] = [random.chance(0.06), random.chance(0.03), random.chance(0.85), random.chance(0.3)];
  const shown = Number(person.key.slice(1)) < 100;
  const restricted = calls.some(({ labels }) => labels !== undefined && labels.length > 0);
  return {
    withoutNumber: bare && !shown,
    ageOnly: vague && !shown,
    // The export has no word for what is restricted: the report says it, and is never left out then.
    reported: calls.some(({ start }) => start >= reportsBegin) && (told || restricted),
    loud: loud && !shown,
  };
}

/** The nightly batch that an instant is still in: 23:10 on the same day, or on the next. */
export function batchAfter(at: number): number {
  const today = dayAt(at, 0, 23, 10);
  return at < today ? today : dayAt(at, 1, 23, 10);
}

/** When the last contact of a case was over. */
export function endOf({ calls, visits }: Pick<AdastraCase, 'calls' | 'visits'>): number {
  return Math.max(...[...calls, ...visits].map(({ start, end }) => end ?? start + 10 * minute));
}

/** A GUID that is the same for the same words, in the form of version 4. */
export function guidOf(words: string): string {
  const hex = digestOf(words);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)]
    .join('-')
    .toUpperCase();
}

function digestOf(words: string): string {
  return createHash('sha256').update(words).digest('hex');
}
