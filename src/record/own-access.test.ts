import { expect, test } from 'vitest';
import { ownAccessOf } from './own-access.ts';

const parameters = (...parameter: object[]) => ({ resourceType: 'Parameters', parameter });
const now = Date.UTC(2026, 10, 22, 12);
const iso = (at: number) => new Date(at).toISOString();

test('what the hub does not say is taken for less, never for more', () => {
  expect(ownAccessOf(parameters({ name: 'ground', valueCode: 'none' }), now, now)).toEqual({
    ground: 'none',
    until: undefined,
    revocable: false,
    shows: 'record',
    withheld: 'some',
    broken: undefined,
    mayDeclare: false,
    lastResort: undefined,
  });
  expect(() => ownAccessOf(parameters({ name: 'ground', valueCode: 'curious' }), now, now)).toThrow('on what ground');
  expect(() => ownAccessOf(null, now, now)).toThrow('on what ground');
});

test('how long broken glass lasts, and the last resort is open, goes by the hub’s clock; this device’s may be wrong', () => {
  const wrong = now + 3_600_000;
  const body = parameters(
    { name: 'ground', valueCode: 'system' },
    {
      name: 'brokeGlass',
      part: [
        { name: 'since', valueDateTime: iso(now - 60_000) },
        { name: 'until', valueDateTime: iso(now + 600_000) },
      ],
    },
    {
      name: 'mayBreakGlass',
      part: [
        { name: 'until', valueDateTime: iso(now + 60_000) },
        { name: 'again', valueCode: 'sign-on' },
      ],
    },
  );
  const { broken, lastResort } = ownAccessOf(body, now, wrong);
  expect(broken).toEqual({ since: now - 60_000, until: now + 600_000, leftMs: 600_000 });
  expect(lastResort).toEqual({ until: wrong + 60_000, again: 'sign-on' });
  // At its very end it is not asked for over and over.
  expect(ownAccessOf(body, now + 600_000, wrong).broken?.leftMs).toBeGreaterThan(1000);
});
