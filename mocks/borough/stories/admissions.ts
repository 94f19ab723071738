import { date, day, dayAt, hour, minute, officeDay } from '../clock.ts';
import type { Term } from '../facts.ts';
import type { Diagnosis, Hospital, Letter, Stay } from '../happenings.ts';
import type { Telling } from '../life.ts';
import { wardFor } from '../places.ts';
import { systemOf, writtenAs } from './hospital.ts';

export interface Admission {
  hospital: Hospital;
  specialty: string;
  reason: Term;
  diagnoses: Diagnosis[];
  nights: number;
  /** Through the emergency department, or planned. */
  emergency: boolean;
  arrival?: 'ambulance' | 'walk-in';
  procedures?: { term: Term; after: number }[];
  wards?: string[];
  discharge?: Stay['discharge'];
  admission?: string;
  admittedFrom?: string;
  /** Nobody recorded that it ended. */
  open?: boolean;
  end?: number;
  /** How the GP's staff entered it, if they did. */
  gpEntry?: { start: string; end?: string; quotesVisitNumber: boolean } | false;
  noLetter?: boolean;
  /** How the hospital holds the discharge summary, where the story says. */
  letter?: Pick<Letter, 'form' | 'table'>;
}

const wentHome = { method: '1', destination: '19', words: 'Home' };

/** A stay, with the emergency department before it and the letter after it. Answers the stay's and the letter's id. */
export function admit(
  t: Telling,
  arrival: number,
  a: Admission,
): { stay: string; emergency?: string; letter?: string; end: number | undefined } {
  const start = a.emergency ? arrival + t.random.int(170, 300) * minute : arrival;
  const end =
    a.open === true ? undefined : (a.end ?? dayAt(start, a.nights, t.random.int(10, 17), t.random.int(0, 11) * 5));
  const visitNumber = t.number();
  const wards =
    a.wards ??
    (a.emergency ? [wardFor(a.hospital, '300'), wardFor(a.hospital, a.specialty)] : [wardFor(a.hospital, a.specialty)]);
  const stay = t.tell({
    kind: 'stay',
    hospital: a.hospital,
    visitNumber,
    specialty: a.specialty,
    staff: `${a.hospital}-${a.specialty}`,
    admission: a.admission ?? (a.emergency ? '21' : '11'),
    admittedFrom: a.admittedFrom ?? '19',
    wards: wardMoves(wards, start, end),
    reason: a.reason,
    diagnoses: a.diagnoses,
    procedures: (a.procedures ?? []).map(({ term, after }) => ({ id: t.id('procedure'), term, at: start + after })),
    discharge: end === undefined ? undefined : (a.discharge ?? wentHome),
    start,
    end,
  });
  const emergency = a.emergency
    ? t.tell({
        kind: 'emergency',
        hospital: a.hospital,
        visitNumber: t.number(),
        staff: t.random.chance(0.5) ? `${a.hospital}-180` : `${a.hospital}-ed2`,
        arrival: a.arrival ?? 'ambulance',
        reason: a.reason,
        diagnosis: a.diagnoses[0] === undefined ? undefined : { term: a.diagnoses[0].term, certainty: 'suspected' },
        outcome: 'admitted',
        stay,
        start: arrival,
        end: start,
      })
    : undefined;
  if (end === undefined || a.noLetter === true) return { stay, emergency, end };
  const gpEntry =
    a.gpEntry ??
    (t.random.chance(0.35) ? { start: date(start), end: date(end), quotesVisitNumber: t.random.chance(0.5) } : false);
  const letter = t.tell({
    kind: 'letter',
    from: a.hospital,
    title: 'Discharge summary',
    text: dischargeText(a, start, end),
    author: `${a.hospital}-${a.specialty}`,
    about: stay,
    tellers: [systemOf[a.hospital], 'emis'],
    filed: { at: officeDay(end + day), entry: gpEntry === false ? undefined : gpEntry },
    ...writtenAs(t.random.chance(0.4), a.letter),
    start: end + 90 * minute,
  });
  return { stay, emergency, letter, end };
}

/** Each ward from when to when: a short first one, then an even share. */
function wardMoves(wards: readonly string[], start: number, end: number | undefined): Stay['wards'] {
  const first = start + 20 * hour;
  const bounds = wards.map((_, index) => {
    if (index === 0) return start;
    return end === undefined || end > first + wards.length * hour
      ? first + ((index - 1) * ((end ?? first + 4 * day) - first)) / Math.max(1, wards.length - 1)
      : start + (index * (end - start)) / wards.length;
  });
  return wards.map((ward, index) => ({
    ward,
    start: wholeMinute(bounds[index] ?? start),
    end: index + 1 < wards.length ? wholeMinute(bounds[index + 1] ?? start) : end,
  }));
}

function wholeMinute(instant: number): number {
  return Math.floor(instant / minute) * minute;
}

function dischargeText(a: Admission, start: number, end: number): string {
  const found = a.diagnoses.map(({ term, certainty }) =>
    certainty === 'confirmed' ? term.text : `${certainty} ${term.text}`,
  );
  return [
    `Reason for admission: ${a.reason.text}.`,
    `Admitted ${date(start)}, discharged ${date(end)}: ${(a.discharge ?? wentHome).words.toLowerCase()}.`,
    `Diagnoses: ${found.join('; ') || 'none recorded'}.`,
    ...(a.procedures ?? []).map(({ term }) => `Procedure: ${term.text}.`),
    'GP: please review medicines within two weeks.',
  ].join('\n');
}
