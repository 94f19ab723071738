import type { Appointment } from 'fhir/r4';
import type { ReadTime } from './date-time.ts';
import type { Dialect } from './dialect.ts';
import type { Message } from './message.ts';
import { statedTime } from './stated-time.ts';

type Times = Pick<Appointment, 'start' | 'end' | 'requestedPeriod' | 'minutesDuration'>;

/** When a booking is, in one message's words. */
export interface Slot {
  /** As written. */
  text: string;
  start: ReadTime;
  end: ReadTime;
  minutes: number | undefined;
}

/** Segments and fields that state when, best first: the booking's own, then those of its service, place and people. */
const starts = [
  ['SCH', 11, 4],
  ['AIS', 4, 1],
  ['AIL', 6, 1],
  ['AIP', 6, 1],
  ['AIG', 8, 1],
] as const;

const lengths = [
  ['SCH', 9, 10],
  ['AIS', 7, 8],
  ['AIL', 9, 10],
  ['AIP', 9, 10],
] as const;

/** The time of a booking as one message states it; undefined where it states none (a bare cancellation). */
export function slotIn(message: Message, dialect: Dialect): Slot | undefined {
  for (const [name, field, component] of starts) {
    const stated = message.all(name).find((segment) => segment.at(field, component) !== '');
    if (stated === undefined) continue;
    const end = statedTime(name === 'SCH' ? stated.at(11, 5) : '', dialect);
    const text = stated.at(field, component);
    return { text, start: statedTime(text, dialect), end, minutes: minutesIn(message) };
  }
  return undefined;
}

/**
 * When a booking is, in FHIR's words: a time as start and end, a day alone as the period asked for, for FHIR's start has no
 * days. What cannot be read stays as it was written, and the booking is undated. An end that is not stated follows from the
 * stated length.
 */
export function timesOf({ text, start, end, minutes }: Slot): Times {
  if (start.value === undefined || start.instant === undefined) return { start: text };
  const length = minutes === undefined ? {} : { minutesDuration: minutes };
  if (!start.value.includes('T')) return { requestedPeriod: [{ start: start.value }], ...length };
  if (end.value?.includes('T') === true) return { start: start.value, end: end.value };
  if (minutes === undefined) return { start: start.value };
  return { start: start.value, end: later(start.value, start.instant, minutes), ...length };
}

/** So many minutes on, by the same clock. */
function later(start: string, instant: number, minutes: number): string {
  const offset = start.slice(19);
  const shift = (offset.startsWith('-') ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)));
  return `${new Date(instant + (minutes + shift) * 60_000).toISOString().slice(0, 19)}${offset}`;
}

/** A stated length, where its unit is stated too: a number alone might be anything. */
function minutesIn(message: Message): number | undefined {
  for (const [name, field, unitField] of lengths) {
    const segment = message.all(name).find((each) => each.at(field) !== '');
    if (segment === undefined) continue;
    const unit = (segment.at(unitField) || segment.at(unitField, 2)).toLowerCase();
    const factor = /^m(in(ute)?s?)?$/.test(unit) ? 1 : /^h(ou)?rs?$|^h$/.test(unit) ? 60 : undefined;
    const amount = Number(segment.at(field));
    if (factor === undefined || !Number.isInteger(amount) || amount <= 0 || amount > 10_000) continue;
    return amount * factor;
  }
  return undefined;
}
