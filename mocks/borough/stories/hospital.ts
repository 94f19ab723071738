import type { Label, Term } from '../facts.ts';
import type { Channel, Diagnosis, Hospital, Stay } from '../happenings.ts';
import type { Telling } from '../life.ts';
import type { SourceId } from '../../../fhir/sources.ts';
import { date, day, dayAt, hour, minute, officeDay } from '../clock.ts';
import { specialties, wardFor } from '../places.ts';
import { professionalOf, spokenName } from '../professionals.ts';

/** The system a hospital writes in. */
export const systemOf: Record<Hospital, SourceId> = { RKE: 'system-c', RRV: 'carecast' };

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
    page: t.random.chance(0.4) ? true : undefined,
    start: end + 90 * minute,
  });
  return { stay, emergency, letter, end };
}

/** Each ward from when to when: a short first one, then an even share. */
export function wardMoves(wards: readonly string[], start: number, end: number | undefined): Stay['wards'] {
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

/** A visit to the emergency department that ends at home. */
export function emergencyVisit(
  t: Telling,
  arrival: number,
  hospital: Hospital,
  reason: Term,
  more: { diagnosis?: Diagnosis; outcome?: 'home' | 'left'; letter?: boolean } = {},
): string {
  const end = arrival + t.random.int(90, 380) * minute;
  const id = t.tell({
    kind: 'emergency',
    hospital,
    visitNumber: t.number(),
    staff: t.random.chance(0.5) ? `${hospital}-180` : `${hospital}-ed2`,
    arrival: t.random.chance(0.3) ? 'ambulance' : 'walk-in',
    reason,
    diagnosis: more.diagnosis,
    outcome: more.outcome ?? 'home',
    start: arrival,
    end,
  });
  if (more.letter !== false) {
    t.tell({
      kind: 'letter',
      from: hospital,
      title: 'Emergency department discharge letter',
      text: `Attended with ${reason.text.toLowerCase()}. ${more.diagnosis === undefined ? 'No diagnosis recorded' : `Diagnosis: ${more.diagnosis.term.text}`}. Discharged home.`,
      author: `${hospital}-180`,
      about: id,
      tellers: [systemOf[hospital], 'emis'],
      filed: { at: officeDay(end + day) },
      start: end + 10 * minute,
    });
  }
  return id;
}

export interface Clinic {
  hospital: Hospital;
  specialty: string;
  reason: Term;
  channel?: Channel;
  status?: 'kept' | 'missed' | 'booked' | 'cancelled';
  cancelled?: { by: 'person' | 'service'; reason: string };
  outcome?: '1' | '2' | '3';
  letter?: boolean;
  labels?: readonly Label[];
  text?: string;
  weeksAhead?: number;
}

/** An outpatient booking and, where it was kept, the attendance and its letter. In the future it stays a booking. */
export function clinicVisit(t: Telling, around: number, c: Clinic): { booking: string; visit?: string } {
  const { random } = t;
  const start = dayAt(officeDay(around), 0, random.int(9, 16), random.int(0, 5) * 10);
  return clinicVisitAt(t, start, c);
}

export function clinicVisitAt(t: Telling, start: number, c: Clinic): { booking: string; visit?: string } {
  const status = start >= t.now ? (c.status === 'cancelled' ? 'cancelled' : 'booked') : (c.status ?? 'kept');
  const staff = `${c.hospital}-${c.specialty}`;
  const channel = c.channel ?? 'In-person';
  const name = specialties.get(c.specialty) ?? 'Outpatients';
  const visit =
    status === 'kept'
      ? t.tell({
          kind: 'outpatient',
          hospital: c.hospital,
          visitNumber: t.number(),
          specialty: c.specialty,
          clinic: `${c.hospital}-clinic-${c.specialty}`,
          staff,
          channel,
          reason: c.reason,
          outcome: c.outcome ?? t.random.pick(['1', '2', '3'] as const),
          start: start + 10 * minute,
          end: start + 35 * minute,
          labels: c.labels,
        })
      : undefined;
  const booking = t.tell({
    kind: 'booking',
    organisation: c.hospital,
    specialty: c.specialty,
    service: `${name} clinic`,
    place: `${c.hospital}-clinic-${c.specialty}`,
    staff,
    channel,
    booked: officeDay(Math.min(start, t.now) - (c.weeksAhead ?? t.random.int(3, 12)) * 7 * day),
    status,
    cancelled: c.cancelled,
    attendance: visit,
    reason: c.reason,
    start,
    end: start + 30 * minute,
    labels: c.labels,
  });
  if (visit !== undefined && c.letter !== false) {
    t.tell({
      kind: 'letter',
      from: c.hospital,
      title: `${name} clinic letter`,
      text:
        c.text ??
        `Seen in the ${name.toLowerCase()} clinic about ${c.reason.text.toLowerCase()} by ${spokenName(professionalOf(staff))}. Plan discussed and agreed.`,
      author: staff,
      about: visit,
      tellers: [systemOf[c.hospital], 'emis'],
      filed: { at: officeDay(start + 9 * day) },
      page: t.random.chance(0.3) ? true : undefined,
      start: dayAt(start, 2, 16, 0),
    });
  }
  return { booking, visit };
}
