import { describe, expect, it } from 'vitest';
import { makeBorough } from '../../mocks/borough/make.ts';
import { writeAdastraNative } from '../../mocks/writers/adastra-native/write-adastra-native.ts';
import { adastraRoundTrip, roundTripLines } from './adastra.ts';

const borough = makeBorough({ people: 120, seed: 7, now: new Date('2026-11-21T12:00:00Z') });

describe('what the borough tells through Adastra', () => {
  it('comes to the hub as it is true, but for what the format and its users leave out, each for a stated reason', async () => {
    const { compared, doubts, messages } = await adastraRoundTrip(borough);
    expect(messages).toBeGreaterThan(300);
    expect(compared.filter(({ item }) => item === 'visit: start').length).toBeGreaterThan(50);
    const unexplained = compared.filter(({ lost }) => lost !== undefined && !/^(?:format|habit): /.test(lost));
    expect(roundTripLines(unexplained)).toEqual([]);
    expect([...new Set(doubts)]).toEqual(['A birth date reckoned from an age: not taken as one']);
    // What nobody will find in an Adastra record, and why: the whole list.
    expect(
      new Set(compared.map(({ item, lost }) => `${item}: ${lost ?? ''}`).filter((line) => !line.endsWith(': '))),
    ).toEqual(
      new Set([
        'person: NHS number: habit: case taken without a number',
        'person: how sure the number is: habit: case taken without a number',
        'person: birth date: habit: only an age was asked for',
        'person: ethnicity: format: neither the export nor the report has it',
        'person: other names: format: one name a case',
        'call: reason as a code: format: a call is not coded',
      ]),
    );
  });

  it('is sent in nightly batches, reports before cases, none from after the last batch', () => {
    const messages = [...writeAdastraNative(borough)];
    const times = messages.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', timeStyle: 'short' });
    expect(new Set(times.map((at) => clock.format(at)))).toEqual(new Set(['23:10']));
    expect(Math.max(...times)).toBeLessThan(borough.now);
    expect([...writeAdastraNative(borough)]).toEqual(messages);
  });

  it('holds no NHS number outside the range for tests', () => {
    for (const { bytes } of writeAdastraNative(borough)) {
      const text = Buffer.from(bytes).toString('utf8');
      const stated = [...text.matchAll(/<number>(\d{10})<|4\.1" extension="(\d{10})"|18\.23" extension="(\d{10})"/g)];
      for (const [, exported, traced, untraced] of stated) expect(exported ?? traced ?? untraced).toMatch(/^999/);
    }
  });
});
