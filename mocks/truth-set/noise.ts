import { isSummerTime } from '../../fhir/partial-date.ts';
import { date, dateTime, day, dayAt, hour, minute } from '../borough/clock.ts';
import type { Term } from '../borough/facts.ts';
import type { Happening } from '../borough/happenings.ts';
import type { Random } from '../borough/random.ts';
import type { Period, Reference } from 'fhir/r4';
import { isReported, numberOf, type EnteredAs, type Reported } from '../writers/emis/entered.ts';

/** What was typed, and what was wrong with it. */
export interface Typed {
  entry: EnteredAs;
  noise: string[];
}

/** How often each thing goes wrong when one service's event is typed in by another; shares of all entries. */
const shares = {
  noDate: 0.01,
  wrongDay: 0.012,
  hourOff: 0.02,
  rounded: 0.25,
  dateOnly: 0.25,
  noEnd: 0.3,
  noPlace: 0.02,
  freePlace: 0.25,
  noReason: 0.03,
  otherReason: 0.04,
  quotesNumber: 0.4,
  withoutClass: 0.35,
} as const;

/** How places are typed where nobody picks them from a list. */
const freePlaces: Record<string, readonly string[]> = {
  RKE: ['Whittington Hospital', 'The Whittington', 'WHITTINGTON HOSPITAL', 'Whittington Health'],
  RRV: ['UCLH', 'University College Hospital', 'UCH', 'University College London Hospitals'],
  XLCW1: ['London Central & West Unscheduled Care', 'LCW Unscheduled Care', 'London Central and West'],
};

/** Words for a reason that are no part of each other: the letter says one thing, the typist another. */
const otherWords: readonly Term[] = [
  { text: 'Seen at hospital' },
  { text: 'Letter received' },
  { text: 'Review of care' },
  { text: 'Unwell adult' },
];

/** How a practice's staff type in an event of another service: seldom as it was, mostly with something short or off. */
export function typedIn(event: Reported, random: Random): Typed {
  const noise: string[] = [];
  const happens = (name: keyof typeof shares, words: string): boolean => {
    if (!random.chance(shares[name])) return false;
    noise.push(words);
    return true;
  };
  let start = event.start;
  let end = event.end;
  if (happens('wrongDay', 'wrong day')) {
    const days = random.pick([-1, 1, 1, -7, 7]);
    start = dayAt(start, days);
    end = end === undefined ? undefined : dayAt(end, days);
  }
  if (isSummerTime(start) && happens('hourOff', 'hour off')) {
    start -= hour;
    end = end === undefined ? undefined : end - hour;
  }
  if (happens('rounded', 'rounded')) {
    const to = random.pick([5, 15, 15, 30, 60]) * minute;
    start = Math.round(start / to) * to;
    end = end === undefined ? undefined : Math.round(end / to) * to;
  }
  const dateOnly = happens('dateOnly', 'date only');
  const write = dateOnly ? date : dateTime;
  if (end !== undefined && (happens('noEnd', 'no end') || end < start)) end = undefined;
  const owner = 'hospital' in event ? event.hospital : 'XLCW1';
  const place = happens('noPlace', 'no place')
    ? null
    : happens('freePlace', 'free-text place')
      ? random.pick(freePlaces[owner] ?? ['Hospital'])
      : undefined;
  const reason = happens('noReason', 'no reason')
    ? null
    : happens('otherReason', 'other reason')
      ? random.pick(otherWords)
      : undefined;
  const timed = !happens('noDate', 'no date');
  const quotesVisitNumber = random.chance(shares.quotesNumber);
  if (!quotesVisitNumber) noise.push('no number');
  const withoutClass = random.chance(shares.withoutClass) ? (true as const) : undefined;
  return {
    entry: {
      start: timed ? write(start) : undefined,
      end: timed && end !== undefined ? write(end) : undefined,
      quotesVisitNumber,
      place,
      reason,
      withoutClass,
    },
    noise,
  };
}

/** Shares of letters on which each is noted when they are filed. */
const noted = { day: 0.95, time: 0.97, number: 0.5 } as const;

/** What is noted of the event on a filed letter: letters of machines state times, clinic letters the day. */
export function notedOn(
  event: Happening,
  random: Random,
): { period: Period | undefined; related: Reference[] | undefined; words: string[] } {
  const words: string[] = [];
  const number = random.chance(noted.number) && isReported(event) ? numberOf(event) : undefined;
  if (number === undefined) words.push('no number');
  const byMachine = event.kind !== 'outpatient' && random.chance(noted.time);
  const write = byMachine ? dateTime : date;
  const stated = byMachine || random.chance(noted.day);
  if (!stated) words.push('no event date');
  else if (!byMachine) words.push('date only');
  const end = event.kind === 'stay' && event.end !== undefined ? write(event.end) : undefined;
  return {
    period: stated ? { start: write(event.start), end } : undefined,
    related: number === undefined ? undefined : [{ identifier: number }],
    words,
  };
}

/** When a letter was typed after its event ended: most at once or in days, some in weeks. */
export function typedAfter(kind: string, random: Random): { after: number; late: boolean } {
  if (kind !== 'outpatient') {
    return random.chance(0.9)
      ? { after: random.int(0, 20) * hour, late: false }
      : { after: random.int(1, 9) * day, late: true };
  }
  return random.chance(0.92)
    ? { after: random.int(0, 12) * day, late: false }
    : { after: random.int(13, 45) * day, late: true };
}
