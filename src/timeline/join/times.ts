import { daysBetween, hasDay } from '../dates.ts';
import type { Entry } from '../entry.ts';
import { count } from '../words.ts';

const minute = 60_000;
const day = 86_400_000;

/**
 * How near two tellings are in time: 3 as near as two clocks and two hands come, 2 as one rounded or told by the day, 1 as
 * a slip of the pen would put it (and therefore in doubt), undefined when they are apart or one of them says no day.
 */
export interface Nearness {
  grade: 1 | 2 | 3;
  /** Beginning and end both agree. */
  bothEnds?: true;
  /** How far apart, in words: `times 5 minutes apart`; `same time` for nothing. */
  because: string;
  /** As a reader is told why two stay two: `times differ by 3 hours`. */
  apart?: string;
  /** Beginning and end are the same to the minute: copied, not noted. */
  copied?: true;
  /** An hour off to the minute: as a rival it counts as one grade more, for clocks are put forward and back. */
  clock?: true;
}

/** When an entry, or a part of one, began and ended. */
type Span = Pick<Entry, 'start' | 'end' | 'kind'>;

/** What counts as one time for a pair of kinds. Minutes. */
export interface Tolerance {
  /** Two clocks, or one who notes the time a little later. */
  close: number;
  /** Rounded to the half hour, or noted on leaving. */
  rounded: number;
}

/** From here on two times of one day are two occasions, not one noted badly. */
const doubt = 180;
/** One hour off: a clock not put forward or back, or summer time written as Greenwich's. */
const clockHour = 60;

/** For what begins at a time and is over the same day: visits, calls, contacts, bookings. */
export function nearVisits(a: Span, b: Span, { close, rounded }: Tolerance): Nearness | undefined {
  const [x, y] = [a.start, b.start];
  if (x === undefined || y === undefined || !hasDay(x) || !hasDay(y)) return undefined;
  if (x.precision === 'time' && y.precision === 'time') {
    const minutes = Math.abs(x.start - y.start) / minute;
    if (minutes <= close) {
      return {
        ...said(3, minutes),
        ...(endTogether(a, b, close) ? { bothEnds: true } : {}),
        ...(minutes < 1 && endApart(a, b) < minute ? { copied: true } : {}),
      };
    }
    if (minutes <= rounded) return said(oneAfterTheOther(a, b) ? 1 : 2, minutes);
    if (Math.abs(minutes - clockHour) <= 5) return { ...said(1, minutes), clock: true };
    if (minutes <= doubt || inside(a, b) || inside(b, a)) return said(1, minutes);
    return Math.abs(minutes - day / minute) <= rounded ? said(1, day / minute) : undefined;
  }
  // One of them names only a day: it is met when what happened touches that day.
  const [dated, other] = x.precision === 'time' ? [y, a] : [x, b];
  const from = other.start ?? dated;
  const until = Math.max(from.end, other.end === undefined || other.end.start - from.start > day ? 0 : other.end.start);
  if (from.start < dated.end && until > dated.start) return { grade: 2, because: 'same day' };
  return Math.abs(daysBetween(dated.start, from.start)) === 1 ? said(1, day / minute) : undefined;
}

/** What lasted for more than an hour and ended at one time too: chance brings two such together seldom. */
function endTogether(a: Span, b: Span, close: number): boolean {
  if (a.end === undefined || a.start === undefined) return false;
  return a.end.start - a.start.start >= clockHour * minute && endApart(a, b) <= close * minute;
}

function endApart(a: Span, b: Span): number {
  if (a.end?.precision !== 'time' || b.end?.precision !== 'time') return Infinity;
  return Math.abs(a.end.start - b.end.start);
}

/** Whether one was over, by the minutes both state, before the other began: back to back, as two clinics of one morning are. */
function oneAfterTheOther(a: Span, b: Span): boolean {
  return isOverBefore(a, b) || isOverBefore(b, a);
}

/** An end written as the beginning says nothing of how long it lasted; and clinics keep a slot of ten o'clock at twenty to eleven. */
function isOverBefore({ start, end, kind }: Span, then: Span): boolean {
  if (start === undefined || then.start === undefined || kind === 'booking' || then.kind === 'booking') return false;
  if (end?.precision !== 'time' || then.end?.precision !== 'time') return false;
  return end.start > start.start && end.start <= then.start.start;
}

/** Whether `b` was noted while `a` lasted. */
function inside(a: Span, b: Span): boolean {
  if (a.start === undefined || b.start === undefined || a.end === undefined) return false;
  return b.start.start >= a.start.start && b.start.start <= a.end.end && a.end.end - a.start.start <= day;
}

/** For stays: nobody lies in one hospital twice at once, so that stays there which share their days are one. */
export function nearStays(a: Span, b: Span): Nearness | undefined {
  const [x, y] = [a.start, b.start];
  if (x === undefined || y === undefined || !hasDay(x) || !hasDay(y)) return undefined;
  const days = Math.abs(daysBetween(x.start, y.start));
  const ends = a.end !== undefined && b.end !== undefined && hasDay(a.end) && hasDay(b.end);
  const endDays = ends ? Math.abs(daysBetween(a.end?.start ?? 0, b.end?.start ?? 0)) : undefined;
  const apart =
    days === 0
      ? { because: 'same day' }
      : { because: `days ${days} apart`, apart: `dates differ by ${count(days, 'day')}` };
  const sameNight = x.precision === 'time' && y.precision === 'time' && Math.abs(x.start - y.start) <= day / 2;
  if (days === 0 || sameNight) return { grade: 3, ...(endDays === 0 ? { bothEnds: true } : {}), ...apart };
  if (days <= 3 && endDays === 0) return { grade: 2, bothEnds: true, ...apart };
  if (days === 1) return { grade: endDays === 1 ? 2 : 1, ...apart };
  const overlap = Math.min(endOf(a), endOf(b)) - Math.max(x.start, y.start);
  return overlap > -day ? { grade: 1, ...apart } : undefined;
}

/** An end nobody told: the stay may have lasted no longer than its first day. */
function endOf({ start, end }: Span): number {
  return end?.end ?? start?.end ?? -Infinity;
}

/**
 * For a letter and what it tells of: where it states the event's own time, that counts; else it was written when or soon after
 * the event ended. `soon` and `late` in days.
 */
export function nearLetter(
  letter: Span,
  event: Span,
  { soon, late, tellsTime }: { soon: number; late: number; tellsTime: boolean },
): Nearness | undefined {
  if (tellsTime) {
    return event.kind === 'stay' ? nearStays(letter, event) : nearVisits(letter, event, { close: 15, rounded: 40 });
  }
  const over = event.end ?? event.start;
  const written = letter.start;
  if (over === undefined || written === undefined || !hasDay(over) || !hasDay(written)) return undefined;
  const days = daysBetween(over.start, written.start);
  // Written in advance on the day before is common; earlier it is of something else.
  if (days < -1 || days > late * 4) return undefined;
  const because =
    days === 0
      ? 'written that day'
      : `written ${count(Math.abs(days), 'day')} ${days < 0 ? 'before' : 'after'} it ended`;
  return { grade: days <= soon ? 3 : days <= late ? 2 : 1, because, apart: because };
}

function said(grade: Nearness['grade'], minutes: number): Nearness {
  if (minutes < 1) return { grade, because: 'same time' };
  const words = lengthWords(minutes);
  return { grade, because: `times ${words} apart`, apart: `times differ by ${words}` };
}

function lengthWords(minutes: number): string {
  if (minutes < 90) return count(Math.round(minutes), 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 36 ? count(hours, 'hour') : count(Math.round(hours / 24), 'day');
}
