import type { Entry } from '../entry.ts';
import { comparePlaces } from './places.ts';
import { type Family, signsOf, type Telling } from './signs.ts';
import { type Nearness, nearLetter, nearStays, nearVisits, type Tolerance } from './times.ts';
import { agree, sameReason } from './words.ts';

/** What speaks for and against two entries of two sources being one event. */
export interface Verdict {
  a: Telling;
  b: Telling;
  /** The parts of each that were compared: keys of entries. */
  parts: readonly [string, string];
  score: number;
  grade: Nearness['grade'];
  /** As `grade`; one more where they are a clock's hour apart, for then the other may be the true one. */
  rivalGrade: number;
  /** Reason, specialty, clinician or number: whether any agrees, and whether any contradicts. */
  agrees: boolean;
  contradicts: boolean;
  /**
   * One is a booking of the very slot that the other was booked for, or was copied from it with its beginning and its end: no other
   * visit near it is meant.
   */
  exact: boolean;
  /** Something stands against joining, whatever the score. */
  bar: string | undefined;
  because: string;
  /** What keeps them apart, should they stay so. */
  apart: string;
}

/** The score two tellings need to be joined, and the one from which a reader is told of the doubt. */
export const joinsFrom = 9;
export const doubtsFrom = 6;

/**
 * Minutes by pair of kinds, with why. Stays and letters have rules of their own (times.ts).
 *
 * | pair | close | rounded | why |
 * |---|---|---|---|
 * | emergency | 20 | 45 | arrival is noted at the door, at triage or at the desk |
 * | outpatient, visit | 20 | 40 | the booked time is often kept as the time seen |
 * | out of hours | 15 | 40 | calls are stamped; a GP's clerk copies the time the report was closed |
 * | community, mental health, GP | 15 | 35 | the diary's time, or when the notes were written |
 * | a booking and its visit | 20 | 45 | clinics begin early by a little and late by more |
 * | two bookings | 5 | 15 | a slot is copied, not noted |
 */
const tolerances: Partial<Record<Family, Tolerance>> = {
  emergency: { close: 20, rounded: 45 },
  outpatient: { close: 20, rounded: 40 },
  visit: { close: 20, rounded: 40 },
  urgent: { close: 15, rounded: 40 },
  community: { close: 15, rounded: 35 },
  'mental-health': { close: 15, rounded: 35 },
  gp: { close: 15, rounded: 35 },
};
const kept: Tolerance = { close: 20, rounded: 45 };
const booked: Tolerance = { close: 5, rounded: 15 };
/** Days after the event in which a letter of it is written: at once or soon, and at the latest. */
const letterDays: Partial<Record<Family, { soon: number; late: number }>> = {
  stay: { soon: 2, late: 10 },
  emergency: { soon: 1, late: 3 },
  urgent: { soon: 1, late: 2 },
  outpatient: { soon: 0, late: 14 },
  visit: { soon: 0, late: 14 },
  'mental-health': { soon: 0, late: 14 },
};

/** Whether two families may tell of one event: 2 when alike, 1 when one may stand for the other, 0 when never. */
function kinship(a: Telling, b: Telling): 0 | 1 | 2 {
  const [x, y] = [a.family, b.family];
  if (x === undefined || y === undefined) return 0;
  if (x === 'letter' && y === 'letter') return 2;
  if (x === 'letter') return a.about.includes(y) ? 2 : 0;
  if (y === 'letter') return b.about.includes(x) ? 2 : 0;
  if (x === y) return 2;
  if (x === 'booking' || y === 'booking') {
    const other = x === 'booking' ? y : x;
    return other === 'outpatient' ||
      other === 'visit' ||
      other === 'community' ||
      other === 'mental-health' ||
      other === 'gp'
      ? 1
      : 0;
  }
  // A hospital visit that nobody called by its kind may be any of them.
  const hospital = (family: Family) => family === 'stay' || family === 'emergency' || family === 'outpatient';
  return (x === 'visit' && hospital(y)) || (y === 'visit' && hospital(x)) ? 1 : 0;
}

export function maybeAlike(a: Telling, b: Telling): boolean {
  return kinship(a, b) > 0;
}

/**
 * What was weighed before and found to speak for one event: a record is joined anew with every page that arrives, and most of it
 * has not changed. Most pairs are nothing, and are found to be so sooner than they could be looked up.
 */
const weighed = new WeakMap<Entry, Map<Entry, Verdict>>();

/**
 * Weighs two entries of two sources (T4). An out-of-hours case is one entry with its call and its visit: what a report tells of
 * may be either. Undefined when nothing speaks for them.
 */
export function weigh(a: Telling, b: Telling): Verdict | undefined {
  const alike = kinship(a, b);
  if (alike === 0) return undefined;
  const ofA = weighed.get(a.entry);
  const known = ofA?.get(b.entry);
  if (known !== undefined) return known;
  const found = weighNew(a, b, alike);
  if (found === undefined) return undefined;
  if (ofA === undefined) weighed.set(a.entry, new Map([[b.entry, found]]));
  else ofA.set(b.entry, found);
  return found;
}

function weighNew(a: Telling, b: Telling, alike: 1 | 2): Verdict | undefined {
  let best: Verdict | undefined;
  for (const x of partsOf(a)) {
    for (const y of partsOf(b)) {
      const verdict = weighParts(a, b, x, y, alike);
      if (verdict === undefined) continue;
      if (best === undefined || verdict.score > best.score) best = verdict;
    }
  }
  return best;
}

function partsOf({ entry, family }: Telling): readonly Entry[] {
  return family === 'urgent' ? [entry, ...entry.children] : [entry];
}

function weighParts(a: Telling, b: Telling, partA: Entry, partB: Entry, alike: 1 | 2): Verdict | undefined {
  // Most are too far apart: what else they say is read only of those that are not.
  const near = nearness(a, b, partA, partB);
  if (near === undefined) return undefined;
  const [x, y] = [signsOf(partA), signsOf(partB)];
  const place = comparePlaces(x.place, y.place);
  const reason = agree(x.reasons, y.reasons, sameReason);
  const specialty = agree(x.specialties, y.specialties);
  const clinician = agree(x.clinicians, y.clinicians);
  const order = agree(a.orders, b.orders) === true || agree([...a.ids, ...a.names], [...b.ids, ...b.names]) === true;
  // That a letter is of this kind of event says something only where it also says when that was.
  const sameKind = alike === 2 && (x.kind === y.kind || tellsTime(a) || tellsTime(b));
  const reported = (x.report || y.report) && place === 'unknown';
  const urgent = a.family === 'urgent' && b.family === 'urgent';
  const score =
    (place === 'same' ? 4 : reported ? (urgent ? 2 : 1) : 0) +
    (near.grade === 1 ? 1 : near.grade + 1) +
    (near.bothEnds === true ? 1 : 0) +
    (sameKind ? 1 : 0) +
    (reason === true ? 2 : 0) +
    (specialty === true ? 2 : 0) +
    (clinician === true ? 2 : 0) +
    (order ? 4 : 0);
  const bar =
    place === 'different'
      ? 'places differ'
      : specialty === false
        ? 'specialties differ'
        : urgent && x.kind !== y.kind
          ? 'one is a call, the other a visit'
          : stateBar(a.entry, b.entry);
  // Of what is too little even for a doubt nobody is told why.
  const because =
    score < doubtsFrom
      ? []
      : [
          place === 'same' ? 'same place' : reported ? 'one reports the other' : undefined,
          near.because,
          reason === true ? 'same reason' : undefined,
          specialty === true ? 'same specialty' : undefined,
          clinician === true ? 'same clinician' : undefined,
          order ? 'same referral or case number' : undefined,
        ].filter((words) => words !== undefined);
  return {
    a,
    b,
    parts: [partA.key, partB.key],
    score,
    grade: near.grade,
    rivalGrade: near.grade + (near.clock === true ? 1 : 0),
    agrees: reason === true || specialty === true || clinician === true || order,
    exact: near.copied === true || bookedAlike(a, b),
    contradicts: [reason, specialty, clinician].includes(false),
    bar,
    because: because.join(', '),
    apart:
      bar ??
      (near.grade === 1 && near.apart !== undefined
        ? near.apart
        : place === 'unknown'
          ? 'place not stated by both'
          : 'too little is told to be sure'),
  };
}

function nearness(a: Telling, b: Telling, x: Entry, y: Entry): Nearness | undefined {
  if (a.family === 'letter' && b.family === 'letter') return copyOf(a, b);
  if (a.family === 'letter' || b.family === 'letter') {
    const [letter, tale, event] = a.family === 'letter' ? [a, x, y] : [b, y, x];
    const days = letterDays[(a.family === 'letter' ? b : a).family ?? 'letter'];
    return days === undefined ? undefined : nearLetter(tale, event, { ...days, tellsTime: tellsTime(letter) });
  }
  if (bookedAlike(a, b)) return { grade: 3, because: 'booked for the same time' };
  const bookings = Number(a.family === 'booking') + Number(b.family === 'booking');
  if (bookings > 0) return nearVisits(x, y, bookings === 2 ? booked : kept);
  if (a.family === 'stay' || b.family === 'stay') return nearStays(x, y);
  const tolerance = tolerances[a.family ?? 'visit'];
  return tolerance === undefined ? undefined : nearVisits(x, y, tolerance);
}

/** Two copies of one letter: the same title, written on the same day. */
function copyOf(a: Telling, b: Telling): Nearness | undefined {
  if (a.title === undefined || a.title !== b.title) return undefined;
  const [one, other] = [signsOf(a.entry).written, signsOf(b.entry).written];
  if (one === undefined || other === undefined) return undefined;
  const sameDay =
    one.precision !== 'year' && one.precision !== 'month' && one.start < other.end && other.start < one.end;
  return sameDay ? { grade: 3, because: 'same letter, same day' } : undefined;
}

/** Whether a letter states when its event was, and not only when it was written. */
function tellsTime({ family, entry }: Telling): boolean {
  return family === 'letter' && !entry.cautions.includes('Event date not known');
}

/** A booking of the very slot that a visit's own booking names. */
function bookedAlike(a: Telling, b: Telling): boolean {
  const [booking, visit] = a.family === 'booking' ? [a, b] : [b, a];
  const { start } = booking.entry;
  return booking.family === 'booking' && start?.precision === 'time' && visit.slots.includes(start.start);
}

/**
 * What did not happen is not what did; a plan is not either. Of two bookings one may know that nobody came and the other not yet; but
 * a slot that was cancelled may have been booked again.
 */
function stateBar(a: Entry, b: Entry): string | undefined {
  const bookings = a.kind === 'booking' && b.kind === 'booking';
  const off = ({ state }: Entry) => state === 'cancelled' || (state === 'missed' && !bookings);
  if (off(a) !== off(b)) return 'one says that it did not take place';
  const planned = (entry: Entry) => entry.state === 'planned';
  return planned(a) !== planned(b) ? 'one is still planned' : undefined;
}
