import { minute } from '../../../borough/clock.ts';
import type { Vital } from '../../../borough/facts.ts';
import type { NativeMessage } from '../../native.ts';
import { vitalOf } from '../../vitals.ts';
import { habitsOf } from './habits.ts';
import { sent, visitNumberOf, type Hand } from './hand.ts';
import { hl7Time } from './hl7.ts';
import { components, segment } from './segments.ts';

/** What was measured at the bedside, as ORU R01 of the ward's monitors: a blood pressure as its two numbers. */
export function* vitalMessages(hand: Hand): Generator<NativeMessage> {
  for (const vital of hand.life.vitals) {
    const at = vital.taken + minute;
    if (vital.tellers.includes(habitsOf(hand.hospital).source) && at <= hand.asAt) yield oru(hand, vital, at);
  }
}

function oru(hand: Hand, vital: Vital, at: number): NativeMessage {
  const { hospital } = hand;
  const number = components(vital.id);
  const segments = [
    segment('PV1', {
      1: '1',
      2: 'I',
      16: habitsOf(hospital).mark(vital.labels ?? []),
      19: visitNumberOf(hand, vital.at),
    }),
    segment('OBR', {
      1: '1',
      3: number,
      4: components('VITALS', 'Vital signs', 'L'),
      7: hl7Time(vital.taken, hospital),
      22: hl7Time(at, hospital),
      25: 'F',
    }),
    ...measured(vital).map(({ code, text, value, unit }, index) =>
      segment('OBX', {
        1: String(index + 1),
        2: 'NM',
        3: components(code, text, 'LN'),
        5: String(value),
        6: unit,
        11: 'F',
        14: hl7Time(vital.taken, hospital),
      }),
    ),
  ];
  return sent(hand, { type: 'ORU^R01', at, of: vital.id, segments });
}

function measured({ type, values }: Vital) {
  const { code, valueQuantity, component = [] } = vitalOf(type, values);
  const parts = component.length > 0 ? component : [{ code, valueQuantity }];
  return parts.map((part) => ({
    code: part.code.coding?.[0]?.code ?? '',
    text: part.code.text ?? part.code.coding?.[0]?.display ?? '',
    value: part.valueQuantity?.value ?? '',
    unit: part.valueQuantity?.code ?? '',
  }));
}
