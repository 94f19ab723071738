import type { VitalType, Term } from '../facts.ts';
import type { GpContact } from '../happenings.ts';
import type { Telling } from '../life.ts';
import type { Drug, Test } from '../vocabulary.ts';
import { day, dayAt, minute, officeDay } from '../clock.ts';

/** What happens at the GP's. All times are epoch milliseconds. */
export interface GpVisit {
  reason: Term;
  mode?: GpContact['mode'];
  staff?: string;
  outcome?: string;
  /** Given once at this contact. */
  drug?: Drug;
  vital?: { type: VitalType; values: number[] };
  labels?: GpContact['labels'];
  recorded?: GpContact['recorded'];
}

/** A contact with the practice on or after the day of `around`, at a time the practice is open. Answers its id. */
export function gpVisit(t: Telling, around: number, visit: GpVisit): string {
  const { random, person } = t;
  const start = dayAt(
    officeDay(around),
    0,
    random.int(8, 17),
    random.int(0, 11) * 5 + (visit.mode === 'phone' ? 2 : 0),
  );
  return gpVisitAt(t, start, {
    ...visit,
    staff:
      visit.staff ??
      (visit.mode === 'nurse'
        ? `${person.practice}-nurse`
        : random.chance(0.6)
          ? person.usualGp
          : `${person.practice}-gp${random.int(1, 3)}`),
  });
}

/** A contact with the practice at exactly this instant. */
export function gpVisitAt(t: Telling, start: number, visit: GpVisit): string {
  const { person } = t;
  const mode = visit.mode ?? 'surgery';
  const staff = visit.staff ?? person.usualGp;
  const id = t.tell({
    kind: 'gp',
    mode,
    practice: person.practice,
    staff,
    reason: visit.reason,
    outcome: visit.outcome,
    start,
    end: start + (mode === 'phone' ? 6 : 11) * minute,
    labels: visit.labels,
    recorded: visit.recorded,
  });
  if (visit.drug !== undefined) prescribe(t, start, visit.drug, { at: id, staff, labels: visit.labels });
  if (visit.vital !== undefined) t.note('vitals', { ...visit.vital, taken: start, at: id, tellers: ['emis'] });
  return id;
}

/** A medicine: once, or on repeat until `end`. */
export function prescribe(
  t: Telling,
  start: number,
  drug: Drug,
  more: { repeat?: boolean; end?: number; at?: string; staff?: string; labels?: GpContact['labels'] } = {},
): void {
  const repeat = more.repeat ?? false;
  const end = repeat ? more.end : start + 7 * day;
  t.note('medicines', {
    term: drug.term,
    dose: drug.dose,
    repeat,
    start,
    end,
    lastIssued: repeat ? Math.min(end ?? t.limit, t.limit) - t.random.int(3, 27) * day : start,
    prescriber: more.staff ?? t.person.usualGp,
    at: more.at,
    tellers: ['emis'],
    labels: more.labels,
  });
}

/** A blood test asked for by the practice, done at the nearer hospital's laboratory. */
export function bloodTest(
  t: Telling,
  taken: number,
  name: string,
  results: readonly (readonly [Test, number])[],
  more: { at?: string; status?: 'final' | 'preliminary'; laboratory?: 'RKE' | 'RRV'; unflagged?: boolean } = {},
): void {
  t.note('reports', {
    name: { text: name },
    taken,
    status: more.status ?? 'final',
    laboratory: more.laboratory ?? 'RKE',
    requester: t.person.usualGp,
    at: more.at,
    tellers: ['emis'],
    results: results.map(([test, value]) => measured(test, value, more.unflagged ?? false)),
  });
}

/** A value as the laboratory states it: with a flag where it lies outside its range, unless it flags nothing. */
export function measured(test: Test, value: number, unflagged = false) {
  const rounded = test.unit === 'mmol/L' && value < 10 ? Math.round(value * 10) / 10 : Math.round(value);
  const flag = outside(test, rounded);
  return { ...test, value: rounded, flag: unflagged ? undefined : flag };
}

function outside(test: Test, value: number): 'H' | 'L' | undefined {
  if (test.high !== undefined && value > test.high) return 'H';
  return test.low !== undefined && value < test.low ? 'L' : undefined;
}
