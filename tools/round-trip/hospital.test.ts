import { describe, expect, it } from 'vitest';
import { makeBorough } from '../../mocks/borough/make.ts';
import { writeCarecastNative, writeSystemCNative } from '../../mocks/writers/hospital/native/write-hospital-native.ts';
import { roundTripLines } from './adastra.ts';
import { hospitalRoundTrip } from './hospital.ts';
import { tellHospital } from './hospital-told.ts';

const borough = makeBorough({ people: 160, seed: 7, now: new Date('2026-11-21T12:00:00Z') });
const hospitals = [
  ['RKE', 'system-c', writeSystemCNative],
  ['RRV', 'carecast', writeCarecastNative],
] as const;

describe.each(hospitals)(
  'what the borough tells of its people and visits through %s (%s)',
  (hospital, source, write) => {
    it('comes to the hub as it is true, but for what HL7 v2 leaves out, each for a stated reason', async () => {
      const { compared, messages, people } = await hospitalRoundTrip(hospital, borough);
      expect(messages).toBeGreaterThan(1000);
      expect(people).toBeGreaterThan(60);
      const count = (item: string): number => compared.filter((each) => each.item === item).length;
      expect([count('IMP: start') > 25, count('EMER: start') > 5, count('AMB: start') > 60]).toEqual([
        true,
        true,
        true,
      ]);
      const unexplained = compared.filter(({ lost }) => lost !== undefined && !/^(?:format|habit): /.test(lost));
      expect(roundTripLines(unexplained)).toEqual([]);
      // What nobody will find in the hub of what the hospital holds, and why: the whole list.
      const reasons = new Set(compared.map(({ lost }) => lost).filter((lost) => lost !== undefined));
      expect([...reasons].filter((reason) => !known.has(reason))).toEqual([]);
      process.stdout.write(
        `${hospital}: ${messages} messages of ${people} people\n${roundTripLines(compared).join('\n')}\n`,
      );
    });

    it('comes to the same, whatever order the messages arrive in', async () => {
      const messages = [...write(borough)];
      const of = { source, organisation: hospital };
      const [first, last] = [await tellHospital(messages, of), await tellHospital(messages.toReversed(), of)];
      const texts = ({ bySubject }: typeof first): string[] =>
        [...bySubject].flatMap(([subject, resources]) => resources.map((each) => `${subject} ${JSON.stringify(each)}`));
      expect(new Set(texts(last))).toEqual(new Set(texts(first)));
      expect(texts(last)).toHaveLength(texts(first).length);
    });

    it('is sent the same way every time, by test numbers only, now and then twice or late', () => {
      const messages = [...write(borough)];
      expect([...write(borough)]).toEqual(messages);
      const labels = messages.map(({ label }) => label);
      expect(new Set(labels).size).toBeLessThan(labels.length);
      for (const { bytes, at } of messages) {
        expect(at).toBeLessThan(borough.now + 600_000);
        const text = Buffer.from(bytes).toString('latin1');
        for (const [, number] of text.matchAll(/(?<!\d)(\d{10})\^\^\^NHS/g)) expect(number).toMatch(/^999/);
      }
    });
  },
);

const known: ReadonlySet<string> = new Set([
  'format: ADT has no field for an outcome in words',
  'format: HL7 v2.4 has no word for a diagnosis that was ruled out',
  'format: PV1-3 does not say what kind of clinic',
  'format: AL1 says neither',
  'format: none of its messages tells it',
  'format: a clock without its zone, in the hour that repeats',
  'habit: dates of a stay written down wrongly are its wards’ too',
  'habit: Carecast writes midnight where nobody stated a time',
]);
