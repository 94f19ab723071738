import { londonInstant } from '../../../fhir/partial-date.ts';
import type { Measurement } from '../facts.ts';
import type { Telling } from '../life.ts';
import { type Test, tests } from '../vocabulary.ts';
import { measured } from './surgery.ts';

/** A value as a laboratory states it; with a sign it states only a limit. */
function stated(test: Test, value: number, comparator?: Measurement['comparator']): Measurement {
  const { flag } = measured(test, value);
  return { ...test, value, flag, ...(comparator === undefined ? {} : { comparator }) };
}

function report(t: Telling, taken: number, name: string, laboratory: 'RKE' | 'RRV', results: Measurement[]): void {
  t.note('reports', {
    name: { text: name },
    taken,
    status: 'final',
    laboratory,
    requester: t.person.usualGp,
    tellers: ['emis'],
    results,
  });
}

/**
 * Kidneys that failed over thirteen years, one blood test a year at the practice; from then on its laboratory states only
 * that the filtration rate is below 15, while the hospital's own goes on giving numbers (misreading 20).
 */
export function failingKidneys(t: Telling): void {
  const yearly = [58, 55, 51, 46, 44, 39, 35, 31, 27, 24, 20, 17, 16];
  for (const [index, value] of yearly.entries()) {
    report(t, londonInstant(2004 + index, 3, 8 + index, 8, 20), 'Kidney function', 'RKE', [stated(tests.egfr, value)]);
  }
  for (const [year, month] of [
    [2017, 6],
    [2018, 2],
    [2018, 11],
    [2025, 11],
    [2026, 8],
  ] as const) {
    report(t, londonInstant(year, month, 12, 8, 20), 'Kidney function', 'RKE', [stated(tests.egfr, 15, '<')]);
  }
}

/** HbA1c as it was reported before the change of units: in per cent, which no later value is (misreading 20). */
export function hba1cInPercent(t: Telling): void {
  for (const [year, value] of [
    [2009, 6.3],
    [2010, 6.4],
    [2011, 6.6],
  ] as const) {
    report(t, londonInstant(year, 5, 19, 9, 5), 'HbA1c', 'RRV', [stated(tests.hba1cPercent, value)]);
  }
}
