import { readingProblems, type OwnReading } from '../../../fhir/own-reading.ts';
import { londonInstant } from '../../../fhir/partial-date.ts';
import { isoDay, londonClock } from '../../timeline/dates.ts';

/** `Weight 82.5 kg`, `Blood pressure 152/88 mmHg`. */
export function readingWords(reading: OwnReading): string {
  if (reading.kind === 'weight') return `Weight ${reading.kilograms} kg`;
  return `Blood pressure ${reading.systolic}/${reading.diastolic} mmHg`;
}

/** What stands in the fields of the form, as typed. */
export interface Typed {
  kind: OwnReading['kind'];
  kilograms: string;
  systolic: string;
  diastolic: string;
  /** `2026-11-23T08:10`, by the clock in London. */
  taken: string;
}

/** The reading that was typed and when it was taken (epoch milliseconds), or why it cannot be shared, in sentences. */
export function readTyped(typed: Typed, now: number): { reading: OwnReading; at: number } | { problems: string[] } {
  const reading: OwnReading =
    typed.kind === 'weight'
      ? { kind: 'weight', kilograms: numberIn(typed.kilograms) }
      : { kind: 'blood-pressure', systolic: numberIn(typed.systolic), diastolic: numberIn(typed.diastolic) };
  const at = instantIn(typed.taken);
  const problems = readingProblems(reading);
  if (at === undefined) problems.push('Say on which day and at what time it was taken.');
  // The minute that is still going on is no future.
  else if (at > now + 60_000) problems.push('It cannot have been taken later than now.');
  else if (at < now - yearMs) problems.push('It was taken more than a year ago: tell your practice instead.');
  return problems.length > 0 || at === undefined ? { problems } : { reading, at };
}

const yearMs = 365 * 24 * 3_600_000;

/** A number as people write it; anything else is none. */
function numberIn(text: string): number {
  const written = text.trim().replace(',', '.');
  return /^\d{1,3}(\.\d{1,2})?$/.test(written) ? Number(written) : Number.NaN;
}

/** The instant (epoch milliseconds) that the field for day and time states by the clock in London; undefined where it states none. */
export function instantIn(text: string): number | undefined {
  const [, year, month, day, hour, minute] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text) ?? [];
  if (minute === undefined) return undefined;
  return londonInstant(Number(year), Number(month), Number(day), Number(hour), Number(minute));
}

/** An instant (epoch milliseconds) as the field for day and time has it, by the clock in London. */
export function fieldTime(instant: number): string {
  const { hour, minute } = londonClock(instant);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${isoDay(instant)}T${two(hour)}:${two(minute)}`;
}
