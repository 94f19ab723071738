import type { PartialDate } from '../../fhir/partial-date.ts';
import { londonClock, wallClock, type WallClock } from './dates.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * Age in the steps of the NHS Common User Interface: minutes under 2 hours (`35min`), hours under 2 days (`20h`), days
 * under 4 weeks (`12d`), weeks and days under 1 year (`7w 2d`), months and days under 2 years (`15m 10d`), years and
 * months under 18 (`4y 1m`), then years (`78y`). Minutes and hours need a birth time; a birth date alone starts in days.
 * A birth date without its day gives `about 78y`. Undefined when `at` (epoch milliseconds) lies before the birth.
 */
export function ageAt(birth: PartialDate, at: number): string | undefined {
  if (at < birth.start) return undefined;
  const now = londonClock(at);
  const born = wallClock(birth);
  if (birth.precision === 'year') return `about ${now.year - born.year}y`;
  if (birth.precision === 'month') {
    const months = (now.year - born.year) * 12 + now.month - born.month;
    return months < 24 ? `about ${months}m` : `about ${Math.floor(months / 12)}y`;
  }
  const elapsed = at - birth.start;
  if (birth.precision === 'time') {
    if (elapsed < 2 * hour) return `${Math.floor(elapsed / minute)}min`;
    if (elapsed < 2 * day) return `${Math.floor(elapsed / hour)}h`;
  }
  const days = calendarDays(born, now);
  if (days < 28) return `${days}d`;
  const months = wholeMonths(born, now);
  if (months < 12) return `${Math.floor(days / 7)}w ${days % 7}d`;
  if (months < 24) return `${months}m ${daysAfterMonths(born, now, months)}d`;
  const years = Math.floor(months / 12);
  return years < 18 ? `${years}y ${months % 12}m` : `${years}y`;
}

type Day = Pick<WallClock, 'year' | 'month' | 'day'>;

function calendarDays(from: Day, to: Day): number {
  return Math.round((utcDay(to) - utcDay(from)) / day);
}

/** Whole months; somebody born on the 31st completes a month on its last day. */
function wholeMonths(born: Day, now: Day): number {
  const months = (now.year - born.year) * 12 + now.month - born.month;
  return now.day < Math.min(born.day, lengthOfMonth(now.year, now.month)) ? months - 1 : months;
}

function daysAfterMonths(born: Day, now: Day, months: number): number {
  const total = born.month - 1 + months;
  const year = born.year + Math.floor(total / 12);
  const month = (total % 12) + 1;
  return calendarDays({ year, month, day: Math.min(born.day, lengthOfMonth(year, month)) }, now);
}

function lengthOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function utcDay(date: Day): number {
  return Date.UTC(date.year, date.month - 1, date.day);
}
