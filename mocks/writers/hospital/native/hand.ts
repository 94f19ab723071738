import { date } from '../../../borough/clock.ts';
import type { Hospital } from '../../../borough/happenings.ts';
import { hash } from '../../../borough/random.ts';
import type { Borough, Life } from '../../../borough/truth.ts';
import type { NativeMessage } from '../../native.ts';
import { asAtOf } from '../../pen.ts';
import { habitsOf } from './habits.ts';
import { hl7Message, mrnOf } from './hl7.ts';
import { components, segment } from './segments.ts';

/** One department of a hospital writing of one person: bookings, laboratory, letters. */
export interface Hand {
  hospital: Hospital;
  life: Life;
  /** The hospital's own number for the person, as its messages write it. */
  mrn: string;
  /** Nothing later than this is known to it. Epoch milliseconds. */
  asAt: number;
}

/** The hand of a hospital that knows the person; undefined when it gave them no number. */
export function handFor(hospital: Hospital, life: Life, borough: Borough): Hand | undefined {
  const source = hospital === 'RKE' ? 'system-c' : 'carecast';
  const number = life.person.localNumbers[source];
  return number === undefined ? undefined : { hospital, life, mrn: mrnOf(number), asAt: asAtOf(source, borough.now) };
}

/** What is sent: MSH-9, when, of which thing (its control id is made of it), and how much later where a queue held it. */
interface Sending {
  type: string;
  at: number;
  of: string;
  segments: readonly string[];
  heldFor?: number;
}

/** A message with the person as departments copy them: what tells one person from another, and no more. */
export function sent(hand: Hand, { type, at, of, segments, heldFor = 0 }: Sending): NativeMessage {
  const { hospital, mrn } = hand;
  const message = hl7Message(hospital, { type, at, mrn, segments: [personIn(hand), ...segments], key: of });
  return { ...message, at: at + heldFor };
}

function personIn({ hospital, life: { person }, mrn }: Hand): string {
  const habits = habitsOf(hospital);
  const [name] = person.namesIn[habits.source] ?? person.names;
  return segment('PID', {
    1: '1',
    3: `${habits.ownNumber(mrn)}~${habits.nhsNumber(person.nhsNumber)}`,
    5: components(name?.family, name?.given[0], name?.given.slice(1).join(' '), '', name?.prefix),
    7: date(person.birth).replaceAll('-', ''),
    8: habits.sex[person.gender],
    32: person.verification[habits.source] ?? '01',
  });
}

/** The visit number of an event of this hospital, where the event has one. */
export function visitNumberOf({ life }: Hand, event: string | undefined): string {
  const visit = life.happenings.find(({ id }) => id === event);
  return visit !== undefined && 'visitNumber' in visit ? visit.visitNumber : '';
}

/** What befalls one case in so many: the same ones every time. */
export function oneIn(cases: number, what: string): boolean {
  return hash(what) % cases === 0;
}
