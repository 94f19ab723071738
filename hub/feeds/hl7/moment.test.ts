import { describe, expect, it } from 'vitest';
import { readText } from './message.ts';
import { saidAt } from './moment.ts';

const said = (sent: string, recorded?: string) =>
  saidAt(
    readText(`MSH|^~\\&|PAS|RKE|||${sent}||ADT^A08|1${recorded === undefined ? '' : `\rEVN||${recorded}`}`),
    '2026-11-02T12:00:00.000Z',
  );

describe('when a source said what it says', () => {
  it.each([
    [
      'EVN-2 before MSH-7: a message sent again keeps its place',
      '20261102110000',
      '202611010900',
      '2026-11-01T09:00:00.000Z',
    ],
    ['MSH-7 within the minute that EVN-2 names', '20261102090041', '202611020900', '2026-11-02T09:00:41.000Z'],
    ['EVN-2 to the second as it is', '20261102090041', '20261102090007', '2026-11-02T09:00:07.000Z'],
    ['MSH-7 where there is no EVN', '20261102090041', undefined, '2026-11-02T09:00:41.000Z'],
    ['MSH-7 where EVN-2 cannot be read', '20261102090041', '20261302', '2026-11-02T09:00:41.000Z'],
  ])('%s', (_what, sent, recorded, at) => {
    expect(said(sent, recorded)).toEqual({ at, doubt: undefined });
  });

  it('a clock that runs a year ahead does not hold against all that is said later', () => {
    expect(said('20271102090000', '202711020900')).toEqual({
      at: undefined,
      doubt: 'Its time lies in the future: ordered by when it came',
    });
  });

  it('a message without any time is ordered by when it came', () => {
    expect(said('')).toEqual({ at: undefined, doubt: undefined });
  });
});
