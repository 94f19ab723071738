import { describe, expect, it } from 'vitest';
import { makeBorough } from '../../mocks/borough/make.ts';
import type { Borough } from '../../mocks/borough/truth.ts';
import { handFor } from '../../mocks/writers/hospital/native/hand.ts';
import { writeCarecastNative, writeSystemCNative } from '../../mocks/writers/hospital/native/write-hospital-native.ts';
import { roundTripLines, type Compared } from './adastra.ts';
import { compareAppointments } from './hospital-appointments.ts';
import { compareLetters } from './hospital-letters.ts';
import { compareResults } from './hospital-results.ts';
import { tellHospital } from './hospital-told.ts';
import { compareVitals } from './hospital-vitals.ts';

const borough = makeBorough({ people: 150, seed: 11, now: new Date('2026-11-21T12:00:00Z') });

/** The same people, with what their practices measured, and asked of a laboratory, told by the hospitals. */
const askedByPractices: Borough = {
  ...borough,
  lives: borough.lives.map((life) => ({
    ...life,
    reports: life.reports.map((report) => ({
      ...report,
      tellers: [report.laboratory === 'RKE' ? ('system-c' as const) : ('carecast' as const)],
    })),
    vitals: life.vitals.map((vital) => ({ ...vital, tellers: ['system-c' as const, 'carecast' as const] })),
  })),
};

async function departments(hospital: 'RKE' | 'RRV', of: Borough): Promise<{ compared: Compared[]; doubts: string[] }> {
  const ours = hospital === 'RKE';
  const messages = ours ? writeSystemCNative(of) : writeCarecastNative(of);
  const told = await tellHospital(messages, { source: ours ? 'system-c' : 'carecast', organisation: hospital });
  const compared = of.lives.flatMap((life) => {
    const hand = handFor(hospital, life, of);
    const resources = hand === undefined ? undefined : told.bySubject.get(hand.mrn);
    if (hand === undefined || resources === undefined) return [];
    return [
      ...compareAppointments(hand, resources),
      ...compareResults(hand, resources),
      ...compareVitals(hand, resources),
      ...compareLetters(hand, resources),
    ];
  });
  return { compared, doubts: [...told.doubts.keys()] };
}

const lostAtTheWhittington = ['letter: written: format: times are to the minute'];

describe.each(['RKE', 'RRV'] as const)(
  'what the borough tells through %s of bookings, results and letters',
  (hospital) => {
    it('comes to the hub as it is true, but for what the format and its users leave out, each for a stated reason', async () => {
      const { compared } = await departments(hospital, borough);
      for (const item of ['booking: start', 'result: value', 'letter: every byte']) {
        expect(compared.filter((each) => each.item === item).length, item).toBeGreaterThan(0);
      }
      const unexplained = compared.filter(({ lost }) => lost !== undefined && !/^(?:format|habit): /.test(lost));
      expect(roundTripLines(unexplained)).toEqual([]);
      const losses = new Set(compared.flatMap(({ item, lost }) => (lost === undefined ? [] : [`${item}: ${lost}`])));
      // What nobody will find in these messages, and why: the whole list.
      expect([...losses].sort()).toEqual(hospital === 'RKE' ? lostAtTheWhittington : []);
    });

    it('holds for all that practices ask of its laboratory: values, signs, ranges and corrections', async () => {
      const { compared, doubts } = await departments(hospital, askedByPractices);
      const results = compared.filter(({ item }) => /^(?:report|result|measured):/.test(item));
      expect(results.filter(({ item }) => item === 'result: value').length).toBeGreaterThan(60);
      expect(results.some(({ lost }) => lost?.startsWith('habit: a wrong value'))).toBe(true);
      const unexplained = results.filter(({ lost }) => lost !== undefined && !/^(?:format|habit): /.test(lost));
      expect(roundTripLines(unexplained)).toEqual([]);
      expect(doubts).not.toContain('A report without a known status');
    });
  },
);
