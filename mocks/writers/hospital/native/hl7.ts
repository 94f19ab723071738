import { date, dateTime } from '../../../borough/clock.ts';
import type { Hospital } from '../../../borough/happenings.ts';
import { hash } from '../../../borough/random.ts';
import type { NativeMessage } from '../../native.ts';
import { habitsOf } from './habits.ts';
import { segment } from './segments.ts';

/** A London time as this hospital writes it: to the minute (System C) or to the second (Carecast). No system here states a zone. */
export function hl7Time(instant: number, hospital: Hospital): string {
  const digits = dateTime(instant)
    .replace(/[+-]\d\d:\d\d$/, '')
    .replace(/\D/g, '');
  return digits.slice(0, habitsOf(hospital).timeLength);
}

/** A London day. */
export function hl7Day(instant: number): string {
  return date(instant).replaceAll('-', '');
}

/** What a message is made of, before the hospital frames it in its own way. */
export interface Hl7Content {
  /** `ADT^A01`. */
  type: string;
  /** When it is sent, epoch milliseconds. */
  at: number;
  /** The hospital's own number for the person. */
  mrn: string;
  /** Segments after MSH. */
  segments: readonly string[];
  /** Keeps two messages apart that say the same; the control id is made of it. */
  key: string;
}

/** A message of this hospital: its own MSH and character set; the control id says nothing of the person. */
export function hl7Message(hospital: Hospital, { type, at, mrn, segments, key }: Hl7Content): NativeMessage {
  const habits = habitsOf(hospital);
  const label =
    `${hospital}${hash(`${type}/${key}/${mrn}`).toString(36)}${hash(`${key}/${at}`).toString(36)}`.toUpperCase();
  const header = segment('MSH', {
    1: '^~\\&',
    2: habits.application,
    3: hospital,
    4: 'ROUTE',
    5: hospital,
    6: hl7Time(at, hospital),
    8: habits.typed(type),
    9: label,
    10: 'P',
    11: habits.version,
    17: habits.characterSet,
  });
  const text = [header, ...segments, ''].join('\r');
  return {
    source: habits.source,
    format: 'hl7-v2',
    label,
    at,
    subject: mrn,
    bytes: Buffer.from(text, habits.encoding),
  };
}

/** The hospital's own number as its messages write it: without the owner, which the authority says. */
export function mrnOf(localNumber: string): string {
  return localNumber.replace(/^[A-Z0-9]+-/, '');
}
