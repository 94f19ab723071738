import { hour, minute } from '../../../borough/clock.ts';
import type { Measurement, Report } from '../../../borough/facts.ts';
import { hash } from '../../../borough/random.ts';
import type { NativeMessage } from '../../native.ts';
import { habitsOf } from './habits.ts';
import { oneIn, sent, visitNumberOf, type Hand } from './hand.ts';
import { hl7Time } from './hl7.ts';
import { rangeIn, unitIn, valueIn } from './laboratory.ts';
import { components, segment } from './segments.ts';

/** Hours from the sample to the first results and to the report. */
const firstAfter = 2 * hour;
export const reportedAfter = 5 * hour;

/**
 * Laboratory reports as ORU R01 in the manner of WinPath: some preliminary first, with half their results, a few with a
 * value that was corrected afterwards, now and then one sent twice.
 */
export function* resultMessages(hand: Hand): Generator<NativeMessage> {
  for (const report of hand.life.reports) {
    const { source } = habitsOf(hand.hospital);
    if (!report.tellers.includes(source) || report.taken + reportedAfter > hand.asAt) continue;
    const first = report.taken + firstAfter;
    const half = report.results.slice(0, Math.ceil(report.results.length / 2));
    if (report.status === 'final' && oneIn(3, `early ${report.id}`))
      yield oru(hand, report, { at: first, status: 'P', results: half });
    yield* reported(hand, report);
  }
}

function* reported(hand: Hand, report: Report): Generator<NativeMessage> {
  const at = report.taken + reportedAfter;
  const status = report.status === 'final' ? 'F' : 'P';
  const [wrong, ...rest] = report.results;
  if (wrong !== undefined && isCorrected(report)) {
    const mistaken = { ...wrong, value: wrong.value * 10 };
    yield oru(hand, report, { at: at - 30 * minute, status, results: [mistaken, ...rest] });
    yield oru(hand, report, { at, status: 'C', results: [wrong] });
    return;
  }
  const message = oru(hand, report, { at, status, results: report.results });
  yield message;
  if (oneIn(10, `twice ${report.id}`)) yield { ...message, at: message.at + minute };
}

/** Whether the laboratory first sent a wrong value: then the report stays marked as corrected. */
export function isCorrected({ id, status }: Report): boolean {
  return status === 'final' && oneIn(12, `corrected ${id}`);
}

interface Telling {
  at: number;
  /** OBR-25 and OBX-11. */
  status: 'P' | 'F' | 'C';
  results: readonly Measurement[];
}

function oru(hand: Hand, report: Report, { at, status, results }: Telling): NativeMessage {
  const { hospital } = hand;
  const habits = habitsOf(hospital);
  const time = (instant: number): string => hl7Time(instant, hospital);
  const number = components(report.id);
  const marks = report.labels ?? [];
  const segments = [
    segment('PV1', { 1: '1', 2: 'U', 16: habits.mark(marks), 19: visitNumberOf(hand, report.at) }),
    segment('ORC', { 1: 'RE', 3: number, 5: 'CM', 9: time(at) }),
    segment('OBR', {
      1: '1',
      3: number,
      4: components(codeOf('us', report.name.text), report.name.text.toUpperCase(), 'WinPath'),
      7: time(report.taken),
      14: time(report.taken + 30 * minute),
      16: habits.staff(report.requester),
      22: time(at),
      // The Whittington's laboratory names its section, University College Hospital's leaves it out.
      24: hospital === 'RKE' ? 'LAB' : '',
      25: status,
    }),
    ...results.map((result, index) => obx(hand, result, { number: index + 1, status, taken: report.taken })),
  ];
  return sent(hand, { type: 'ORU^R01', at, of: `${report.id} ${status}`, segments });
}

function obx(
  { hospital }: Hand,
  result: Measurement,
  { number, status, taken }: { number: number; status: string; taken: number },
): string {
  const { name, loinc } = result;
  const national = loinc === undefined ? [] : [loinc, name.text, 'LN'];
  return segment('OBX', {
    1: String(number),
    2: 'NM',
    3: components(codeOf('tt', name.text), name.text, 'WinPath', ...national),
    5: valueIn(result, hospital),
    6: unitIn(result.unit),
    7: rangeIn(result, hospital),
    8: result.flag ?? '',
    11: status,
    14: hl7Time(taken, hospital),
  });
}

/** A code of the laboratory's own list, the same for the same test. */
function codeOf(list: 'us' | 'tt', name: string): string {
  return `${list}-${String(hash(name) % 10_000).padStart(4, '0')}`;
}
