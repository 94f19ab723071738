import { expect, it } from 'vitest';
import { formats } from '../hub/feeds/formats.ts';
import { makeBorough } from '../mocks/borough/make.ts';
import { makeRandom } from '../mocks/borough/random.ts';
import { OngoingVisits } from '../mocks/life-goes-on/visits.ts';

const now = Date.parse('2026-11-02T10:00:00Z');
const quarter = 15_000;

it('what goes on happening is told once, in words the hub reads, and ends', () => {
  const borough = makeBorough({ people: 0, seed: 1, now: new Date(now) });
  const visits = new OngoingVisits(borough, makeRandom(7));
  const messages = Array.from({ length: 200 }, (_, step) => visits.next(now + step * quarter)).flat();
  expect(messages.length).toBeGreaterThan(200);
  const labels = messages.map(({ source, label }) => `${source} ${label}`);
  expect(new Set(labels).size).toBe(labels.length);
  const told = messages.map(({ source, label, bytes }, seq) => {
    const receivedAt = new Date(now + 201 * quarter).toISOString();
    const organisation = source === 'system-c' ? 'RKE' : 'RRV';
    const sorted = formats['hl7-v2']?.sort({ seq, source, organisation, format: 'hl7-v2', label, receivedAt, bytes });
    return { source, event: /\rEVN\|(A\d\d)/.exec(new TextDecoder().decode(bytes))?.[1], ...sorted };
  });
  expect(told.every(({ pieces = [] }) => pieces.some(({ scope }) => scope === 'person'))).toBe(true);
  expect(told.filter(({ event }) => event === 'A04').length).toBeGreaterThan(50);
  const [come, gone] = ['A04', 'A03'].map((event) => told.filter((each) => each.event === event).length);
  expect((come ?? 0) - (gone ?? 0)).toBeLessThan(6);
});
