import { day, hour, minute } from '../../../borough/clock.ts';
import type { Stay } from '../../../borough/happenings.ts';
import type { NativeMessage } from '../../native.ts';
import { type AdtEvent, adtMessage } from './adt-message.ts';
import type { PatientOffice } from './adt-person.ts';
import { diagnosesIn, proceduresIn } from './adt-findings.ts';
import { endOf, reasonField, statedTime, timeOf, visitFields } from './adt-visits.ts';
import { habitsOf } from './habits.ts';
import { oneIn } from './hand.ts';
import { components, type Fields } from './segments.ts';

/**
 * A stay: planned (A05) where it was, admitted (A01), moved (A02), updated with what was found (A08), discharged (A03). Now
 * and then somebody presses the wrong key: a move or a discharge is sent and taken back (A12, A13).
 */
export function* stayMessages(office: PatientOffice, stay: Stay): Generator<NativeMessage> {
  const { asAt, hospital } = office;
  const { id, start, wards } = stay;
  const habits = habitsOf(hospital);
  const end = endOf(office, stay.end);
  const known = wards.filter((ward) => ward.start <= asAt);
  const [first] = known;
  if (first === undefined) return;
  const at = (ward: string): Fields =>
    visitFields(office, stay, {
      2: 'I',
      3: habits.place(ward),
      4: habits.own('admission', stay.admission),
      10: stay.specialty,
      14: habits.own('source', stay.admittedFrom),
    });
  const pv2 = { 3: reasonField(stay.reason, stay.recorded) };
  const send = (event: AdtEvent): NativeMessage => adtMessage(office, { pv2, ...event, of: `${id}/${event.of}` });
  const elective = /^1[123]$/.test(stay.admission);
  if (elective) {
    const planned = Math.max(office.life.person.birth, start - 10 * day);
    yield send({ event: 'A05', at: planned, of: 'plan', pv1: { ...at(first.ward), 2: 'P' } });
  }
  yield send({
    event: 'A01',
    at: start + 4 * minute,
    occurred: statedTime(start, stay.recorded),
    of: 'admission',
    pv1: at(first.ward),
  });
  for (const [index, ward] of known.entries()) {
    if (index === 0) continue;
    const moved = { event: 'A02', at: ward.start + 5 * minute, occurred: ward.start, of: `ward ${index}` };
    yield send({ ...moved, pv1: at(ward.ward) });
  }
  const last = known.at(-1) ?? first;
  yield* slips(office, stay, { known, end, send, at });
  const found = (by: number): string[] => [
    ...diagnosesIn(hospital, stay.diagnoses, start),
    ...proceduresIn(hospital, stay, by),
  ];
  const reviewed = Math.min(end ?? asAt, start + 26 * hour);
  const ofReview = known.findLast((ward) => ward.start <= reviewed) ?? first;
  yield send({ event: 'A08', at: reviewed, of: 'review', pv1: at(ofReview.ward), more: found(reviewed) });
  for (const [index, procedure] of stay.procedures.entries()) {
    const written = procedure.at + 90 * minute;
    if (written > (end ?? asAt) || written <= reviewed) continue;
    const where = known.findLast((ward) => ward.start <= written) ?? first;
    yield send({ event: 'A08', at: written, of: `procedure ${index}`, pv1: at(where.ward), more: found(written) });
  }
  if (end !== undefined) {
    const { method = '', destination = '', words } = stay.discharge ?? {};
    const gone: Fields = {
      ...at(last.ward),
      36: habits.own('method', method),
      37: components(habits.own('destination', destination), words),
      45: timeOf(office, end, 'end', stay.recorded),
    };
    yield send({
      event: 'A03',
      at: end + 12 * minute,
      occurred: statedTime(end, stay.recorded),
      of: 'discharge',
      pv1: gone,
      more: found(end),
    });
  }
}

interface Course {
  known: Stay['wards'];
  end: number | undefined;
  send: (event: AdtEvent) => NativeMessage;
  at: (ward: string) => Fields;
}

/** A wrong ward taken back within minutes, and a discharge pressed for the wrong person. */
function* slips(office: PatientOffice, stay: Stay, { known, end, send, at }: Course): Generator<NativeMessage> {
  const { id, hospital, start } = stay;
  const [first] = known;
  if (first === undefined) return;
  const until = Math.min(end ?? office.asAt, known[1]?.start ?? Infinity);
  const wrong = start + 2 * hour;
  if (oneIn(12, `wrong ward/${id}`) && wrong + 20 * minute < until) {
    const ward = hospital === 'RKE' ? 'RKE-ward-ifor-ward' : 'RRV-ward-ward-t12';
    yield send({ event: 'A02', at: wrong, occurred: wrong, of: 'wrong ward', pv1: at(ward) });
    yield send({ event: 'A12', at: wrong + 9 * minute, occurred: wrong, of: 'not that ward', pv1: at(first.ward) });
  }
  const gone = start + 3 * hour;
  if (oneIn(15, `wrong discharge/${id}`) && gone + 40 * minute < until) {
    const time = timeOf(office, gone, 'end', undefined);
    yield send({
      event: 'A03',
      at: gone,
      occurred: gone,
      of: 'wrong discharge',
      pv1: { ...at(first.ward), 36: '1', 45: time },
    });
    yield send({ event: 'A13', at: gone + 15 * minute, of: 'not discharged', pv1: at(first.ward) });
  }
}
