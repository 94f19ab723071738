import { describe, expect, it } from 'vitest';
import { makeBorough } from '../../borough/make.ts';
import { casesOf, endOf } from './cases.ts';
import { writeAdastraNative } from './write-adastra-native.ts';

const borough = makeBorough({ people: 150, seed: 11, now: new Date('2026-11-21T12:00:00Z') });
const cases = borough.lives.flatMap(casesOf);
const messages = [...writeAdastraNative(borough)];
const textOf = ({ bytes }: { bytes: Uint8Array }) => Buffer.from(bytes).toString('utf8');

describe('Adastra as it sends', () => {
  it('sends every case that was over before the last batch, complete, and as often with as without a visit as there were', () => {
    const last = Math.max(...messages.map(({ at }) => at));
    const complete = new Set(
      messages.filter((message) => textOf(message).includes('<caseStatus>COMPLETE')).map(({ subject }) => subject),
    );
    const over = cases.filter((held) => endOf(held) < last - 86_400_000);
    expect(over.length).toBeGreaterThan(100);
    expect(over.filter(({ guid }) => !complete.has(guid))).toEqual([]);
  });

  it('sends a case that runs past 23:10 twice: as far as it has come, then whole', () => {
    const exports = messages.filter(({ format }) => format === 'adastra-case');
    const twice = [...Map.groupBy(exports, ({ subject }) => subject).values()].filter((own) => own.length > 1);
    expect(twice.length).toBeGreaterThan(0);
    for (const own of twice) {
      expect(own.map((message) => /<caseStatus>(\w+)/.exec(textOf(message))?.[1])).toEqual(['TRIAGE', 'COMPLETE']);
    }
  });

  it('has the habits of out-of-hours records: numbers missing or unconfirmed, ages for birth dates; not for the people who are shown', () => {
    const share = (has: (held: (typeof cases)[number]) => boolean) => cases.filter(has).length / cases.length;
    expect(share(({ habits }) => habits.withoutNumber)).toBeGreaterThan(0.01);
    expect(share(({ habits }) => habits.withoutNumber)).toBeLessThan(0.12);
    expect(share(({ habits }) => habits.ageOnly)).toBeGreaterThan(0);
    expect(share(({ life }) => life.person.verification.adastra === '02')).toBeGreaterThan(0.02);
    const shown = cases.filter(({ life }) => Number(life.person.key.slice(1)) < 100);
    expect(shown.some(({ habits }) => habits.withoutNumber || habits.ageOnly)).toBe(false);
  });

  it('gives every case a reference of its own', () => {
    expect(new Set(cases.map(({ guid }) => guid)).size).toBe(cases.length);
  });
});
