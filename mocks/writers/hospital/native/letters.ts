import { hour, minute } from '../../../borough/clock.ts';
import type { Happening, Letter } from '../../../borough/happenings.ts';
import { plainOf, written } from '../../letters.ts';
import type { NativeMessage } from '../../native.ts';
import { habitsOf } from './habits.ts';
import { oneIn, sent, visitNumberOf, type Hand } from './hand.ts';
import { hl7Time } from './hl7.ts';
import { components, escaped, segment } from './segments.ts';

/**
 * Letters as MDM T02: a file as its document store holds it, or lines of text; some unsigned first and again when they
 * were signed, a few only announced by then (T03), now and then one sent twice.
 */
export function* letterMessages(hand: Hand): Generator<NativeMessage> {
  const { source } = habitsOf(hand.hospital);
  for (const letter of hand.life.happenings) {
    if (letter.kind !== 'letter' || !letter.tellers.includes(source) || letter.start > hand.asAt) continue;
    yield* messagesOf(hand, letter);
  }
}

function* messagesOf(hand: Hand, letter: Letter): Generator<NativeMessage> {
  const { id, start } = letter;
  const signed = { event: 'T02', at: start + 2 * minute, completion: 'AU', whole: true };
  if (oneIn(5, `draft ${id}`)) yield mdm(hand, letter, { ...signed, at: start - hour, completion: 'DI' });
  // The signature alone, where the text had been sent.
  const announced = oneIn(5, `draft ${id}`) && oneIn(2, `announced ${id}`);
  const message = mdm(hand, letter, announced ? { ...signed, event: 'T03', whole: false } : signed);
  yield message;
  if (oneIn(10, `twice ${id}`)) yield { ...message, at: message.at + minute };
}

interface Manner {
  event: string;
  at: number;
  /** TXA-17. */
  completion: string;
  /** Whether the letter itself comes with it. */
  whole: boolean;
}

function mdm(hand: Hand, letter: Letter, { event, at, completion, whole }: Manner): NativeMessage {
  const { hospital, life } = hand;
  const habits = habitsOf(hospital);
  const marks = letter.labels ?? [];
  const about = life.happenings.find((each) => each.id === letter.about);
  const visit = visitNumberOf(hand, letter.about);
  const title = letter.title;
  const segments = [
    segment('EVN', { 1: event, 2: hl7Time(at, hospital) }),
    segment('PV1', { 1: '1', 2: about === undefined ? 'U' : classOf(about), 16: habits.mark(marks), 19: visit }),
    segment('TXA', {
      1: '1',
      2: components('', title),
      4: about === undefined ? '' : hl7Time(about.start, hospital),
      6: hl7Time(letter.start, hospital),
      9: habits.staff(letter.author),
      12: components(letter.id),
      16: letter.form === undefined ? '' : `${letter.id}.${endings[letter.form]}`,
      17: completion,
      18: marks.includes('V') ? 'V' : marks.length > 0 ? 'R' : 'U',
    }),
    ...(whole ? contentOf(letter) : []),
  ];
  return sent(hand, { type: `MDM^${event}`, at, of: `${letter.id} ${event} ${completion}`, segments });
}

/** PV1-2. */
function classOf({ kind }: Happening): string {
  return kind === 'stay' ? 'I' : kind === 'emergency' ? 'E' : 'O';
}

const endings = { pdf: 'pdf', scan: 'png', rtf: 'rtf', page: 'xhtml' } as const;

/** OBX-5.2 and 5.3 as document stores write them. */
const types = { pdf: 'application^pdf', scan: 'IM^PNG', rtf: 'TEXT^RTF', page: 'TEXT^XHTML' } as const;

function contentOf(letter: Letter): string[] {
  const name = components('', letter.title);
  if (letter.form !== undefined) {
    const data = Buffer.from(written(letter, letter.form).bytes).toString('base64');
    return [segment('OBX', { 1: '1', 2: 'ED', 3: name, 5: `^${types[letter.form]}^Base64^${data}`, 11: 'F' })];
  }
  return plainOf(letter)
    .split('\n')
    .map((line, index) => segment('OBX', { 1: String(index + 1), 2: 'TX', 3: name, 5: escaped(line), 11: 'F' }));
}
