import { createHash } from 'node:crypto';
import { date } from '../../../borough/clock.ts';
import type { Label } from '../../../borough/facts.ts';
import type { Hospital } from '../../../borough/happenings.ts';
import { placeOf } from '../../../borough/places.ts';
import { professionalOf } from '../../../borough/professionals.ts';
import type { Borough, Life } from '../../../borough/truth.ts';
import type { NativeMessage } from '../../native.ts';
import { asAtOf } from '../../pen.ts';
import { escaped, parts, segment, stamp } from './hl7-text.ts';

/** One hospital's system writing of one person in HL7 v2, in its own manner. */
export interface Hand {
  hospital: Hospital;
  source: 'system-c' | 'carecast';
  life: Life;
  /** The hospital's own number for the person. */
  mrn: string;
  /** Nothing later than this is known to it. Epoch milliseconds. */
  asAt: number;
  version: '2.4' | '2.3';
  precision: 'minute' | 'second';
}

/** The hand of a hospital that knows the person; undefined when it gave them no number. */
export function handFor(hospital: Hospital, life: Life, borough: Borough): Hand | undefined {
  const source = hospital === 'RKE' ? 'system-c' : 'carecast';
  const mrn = life.person.localNumbers[source];
  if (mrn === undefined) return undefined;
  const ours = hospital === 'RKE';
  const habits = { version: ours ? '2.4' : '2.3', precision: ours ? 'minute' : 'second' } as const;
  return { hospital, source, life, mrn, asAt: asAtOf(source, borough.now), ...habits };
}

/** What is sent: MSH-9 `kind`, from which system of the hospital, when (MSH-7), and how much later where a queue held it. */
interface Sending {
  kind: string;
  from: string;
  at: number;
  /** What the message is of: the same thing and time give the same control id. */
  of: string;
  segments: readonly string[];
  heldFor?: number;
}

/** A message with its MSH and the person as this system copies them into everything it sends. */
export function messageOf(hand: Hand, { kind, from, at, of, segments, heldFor = 0 }: Sending): NativeMessage {
  const { hospital, source, mrn, version } = hand;
  const label = createHash('sha256').update([source, kind, of, at].join(' ')).digest('hex').slice(0, 16);
  const msh = `MSH|^~\\&|${segment('', {
    1: from,
    2: hospital,
    3: 'ROUTE',
    4: 'ROUTE',
    5: stamp(at, 'second'),
    7: kind,
    8: label,
    9: 'P',
    10: version,
    16: 'UNICODE UTF-8',
  }).slice(1)}`;
  const text = [msh, personIn(hand), ...segments].join('\r');
  const sentAt = at + heldFor;
  return { source, format: 'hl7-v2', label, at: sentAt, subject: mrn, bytes: Buffer.from(`${text}\r`, 'utf8') };
}

/** PID with what tells one person from another: numbers, name, birth, sex. */
function personIn({ hospital, source, life: { person }, mrn }: Hand): string {
  const [name] = person.namesIn[source] ?? person.names;
  const numbers =
    hospital === 'RKE'
      ? `${person.nhsNumber}^^^NHS^NH~${parts(mrn, '', '', 'RKE', 'MR')}`
      : `${parts(mrn, '', '', 'RRV', 'MRN')}~${person.nhsNumber}^^^NHSNBR^NHSNMBR`;
  const sex = hospital === 'RKE' ? { male: '1', female: '2', other: '9' } : { male: 'M', female: 'F', other: 'O' };
  return segment('PID', {
    1: '1',
    3: numbers,
    5: parts(name?.family, name?.given[0], name?.given.slice(1).join(' '), '', name?.prefix),
    7: date(person.birth).replaceAll('-', ''),
    8: sex[person.gender],
    32: person.verification[source] ?? '01',
  });
}

/** XCN of a professional. */
export function staffIn(id: string): string {
  const { sdsUser, name } = professionalOf(id);
  return parts(sdsUser, name.family, name.given, '', '', name.prefix, '', '', 'SDS');
}

/** PL of a place: the Whittington begins with its ODS code, UCLH with the ward. */
export function placeIn({ hospital }: Hand, id: string): string {
  const { name } = placeOf(id);
  const site = hospital === 'RKE' ? ['RKEQ4', 'Whittington Hospital'] : ['RRV03', 'University College Hospital'];
  const [, own] = new RegExp(`^(.*), ${site[1]}$`).exec(name) ?? [];
  const place = [id, '', own === undefined ? '' : site[0], '', '', '', '', own ?? name];
  return hospital === 'RKE'
    ? parts('RKE', id, '', place[2], '', '', '', '', place[7])
    : parts(id, '', '', place[2], '', '', '', '', place[7]);
}

/** PV1-16: the hospital's own word for what is not for everybody. */
export function markOf({ hospital }: Hand, labels: readonly Label[] | undefined): string {
  const word = (['V', 'STD', 'PSY', 'R'] as const).find((label) => labels?.includes(label) === true) ?? '';
  return hospital === 'RRV' && word === 'STD' ? 'GUM' : word;
}

/** Something that happens in one case out of so many: the same cases every time. */
export function inOneOf(cases: number, ...of: readonly string[]): boolean {
  return createHash('sha256').update(of.join(' ')).digest().readUInt32BE(0) % cases === 0;
}

/** Free text as one field. */
export function wordsIn(text: string | undefined): string {
  return escaped(text ?? '');
}
