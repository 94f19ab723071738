import * as fc from 'fast-check';
import type { Encounter } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { Gathered } from './gathered.ts';
import { streamIds, type StreamId, type StreamState } from './record-state.ts';
import { sortKeyOf } from './sort-key.ts';
import { watermarkOf } from './watermark.ts';

type Read = Pick<StreamState, 'status' | 'readBackTo'>;

function streams(change: Partial<Record<StreamId, Read>>): Record<StreamId, Read> {
  const whole: Read = { status: 'complete', readBackTo: -Infinity };
  return Object.fromEntries(streamIds.map((id) => [id, change[id] ?? whole])) as Record<StreamId, Read>;
}

describe('how far back the merged streams can be trusted', () => {
  it('holds nothing back and is complete to the whole life when every stream was read to its end', () => {
    expect(watermarkOf(streams({}))).toEqual({ showFrom: -Infinity, completeTo: 'all' });
  });

  it('shows nothing while one stream has brought nothing', () => {
    const mark = watermarkOf(streams({ Task: { status: 'loading', readBackTo: undefined } }));
    expect(mark).toEqual({ showFrom: Infinity, completeTo: 'none' });
  });

  it('shows from the first whole London day after the stream that has got least far', () => {
    const winter = watermarkOf(streams({ Encounter: { status: 'loading', readBackTo: Date.UTC(2025, 0, 10, 9) } }));
    expect(winter).toEqual({ showFrom: Date.UTC(2025, 0, 11), completeTo: '2025-01-11' });
    const summer = watermarkOf(
      streams({
        Encounter: { status: 'loading', readBackTo: Date.UTC(2025, 5, 10, 9) },
        Appointment: { status: 'loading', readBackTo: Date.UTC(2020, 0, 1) },
      }),
    );
    expect(summer).toEqual({ showFrom: Date.UTC(2025, 5, 10, 23), completeTo: '2025-06-11' });
  });

  it('takes a London midnight in summer as the start of its own day', () => {
    const mark = watermarkOf(streams({ Encounter: { status: 'stopped', readBackTo: Date.UTC(2025, 5, 9, 23) } }));
    expect(mark).toEqual({ showFrom: Date.UTC(2025, 5, 9, 23), completeTo: '2025-06-10' });
  });

  it('lets a failed stream hold nothing back, but not be forgotten', () => {
    const mark = watermarkOf(streams({ Encounter: { status: 'failed', readBackTo: Date.UTC(2025, 0, 10) + 1 } }));
    expect(mark).toEqual({ showFrom: -Infinity, completeTo: '2025-01-11' });
    const never = watermarkOf(streams({ Encounter: { status: 'failed', readBackTo: undefined } }));
    expect(never).toEqual({ showFrom: -Infinity, completeTo: 'none' });
  });

  it('goes on holding back what a stopped stream has not read', () => {
    const mark = watermarkOf(streams({ Encounter: { status: 'stopped', readBackTo: Date.UTC(2025, 0, 10) } }));
    expect(mark.showFrom).toBe(Date.UTC(2025, 0, 10));
  });

  it('never shows what an unread page could still insert above, and never takes back what it showed', () => {
    const day = 86_400_000;
    const instants = fc.array(fc.integer({ min: 0, max: 3000 * day }), { maxLength: 60 });
    const twoStreams = fc.tuple(instants, instants, fc.integer({ min: 1, max: 7 }), fc.array(fc.boolean()));
    fc.assert(
      fc.property(twoStreams, ([a, b, size, order]) => {
        const sent = [a, b].map((all) => all.toSorted((x, y) => y - x));
        const gathered = [new Gathered(), new Gathered()];
        const read = [0, 0];
        let lowest = Infinity;
        for (const first of [...order, ...Array.from({ length: 130 }, (_, turn) => turn % 2 === 0)]) {
          const which = first ? 0 : 1;
          const all = sent[which] ?? [];
          const from = read[which] ?? 0;
          if (from >= all.length) continue;
          gathered[which]?.add(all.slice(from, from + size).map((at, index) => visit(`${which}-${from + index}`, at)));
          read[which] = Math.min(all.length, from + size);
          const { showFrom } = watermarkOf(
            streams({
              Encounter: state(gathered[0], sent[0], read[0]),
              Appointment: state(gathered[1], sent[1], read[1]),
            }),
          );
          const unread = sent.flatMap((every, index) => every.slice(read[index]));
          expect(unread.every((at) => at < showFrom)).toBe(true);
          expect(showFrom).toBeLessThanOrEqual(lowest);
          lowest = showFrom;
        }
      }),
      { numRuns: 300 },
    );
  });
});

function state(gathered: Gathered | undefined, all: number[] | undefined, read: number | undefined): Read {
  const done = (read ?? 0) >= (all?.length ?? 0);
  return done ? { status: 'complete', readBackTo: -Infinity } : { status: 'loading', readBackTo: gathered?.readBackTo };
}

function visit(id: string, at: number): Encounter {
  const start = new Date(at).toISOString();
  return { resourceType: 'Encounter', id, status: 'finished', class: { code: 'AMB' }, period: { start } };
}

describe('what one stream has gathered', () => {
  it('keeps each resource once, in its first place, in its newest version', () => {
    const gathered = new Gathered();
    const old = { ...visit('a', 5000), meta: { versionId: '1', lastUpdated: '2025-01-01T00:00:00Z' } };
    const newer = { ...visit('a', 5000), meta: { versionId: '2', lastUpdated: '2025-02-01T00:00:00Z' } };
    expect(gathered.add([old, visit('b', 4000)])).toBe(true);
    expect(gathered.add([newer, visit('c', 3000)])).toBe(true);
    expect(gathered.resources.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(gathered.resources[0]).toBe(newer);
    expect(gathered.add([old, visit('d', 2000)])).toBe(true);
    expect(gathered.resources[0]).toBe(newer);
  });

  it('tells a page that brings nothing new from an empty one', () => {
    const gathered = new Gathered();
    expect(gathered.add([visit('a', 5000)])).toBe(true);
    expect(gathered.add([visit('a', 5000)])).toBe(false);
    expect(gathered.add([])).toBe(true);
    gathered.startAgain();
    expect(gathered.add([visit('a', 5000)])).toBe(true);
  });

  it('has read back to just after its oldest item, since a twin may come on the next page', () => {
    const gathered = new Gathered();
    expect(gathered.readBackTo).toBeUndefined();
    gathered.add([visit('a', 5000), visit('b', 4000)]);
    expect(gathered.readBackTo).toBe(4001);
  });

  it('leaves a margin where the hub sorts otherwise than we do', () => {
    const gathered = new Gathered();
    gathered.add([visit('long stay, sorted by its end', 1000), visit('b', 4000), visit('c', 3000)]);
    expect(gathered.readBackTo).toBe(1000 + 3000 + 1);
  });

  it('does not let an undated item move the mark', () => {
    const gathered = new Gathered();
    const undated: Encounter = { ...visit('a', 1), period: undefined };
    gathered.add([undated]);
    expect(gathered.readBackTo).toBeUndefined();
  });
});

describe('the instant a stream is sorted by', () => {
  it.each([
    ['Encounter', { period: { start: '2020' } }, Date.UTC(2020, 0, 1)],
    ['EpisodeOfCare', { period: { start: '2020-07' } }, Date.UTC(2020, 5, 30, 23)],
    ['Appointment', { start: '2026-01-01T10:00:00Z' }, Date.UTC(2026, 0, 1, 10)],
    ['Task', { executionPeriod: { start: '2020-01-02' } }, Date.UTC(2020, 0, 2)],
    ['ServiceRequest', { occurrencePeriod: { start: '2020-01-02' }, authoredOn: '2019-01-01' }, Date.UTC(2020, 0, 2)],
    ['ServiceRequest', { authoredOn: '2019-01-01' }, undefined],
    ['DocumentReference', { date: '2020-01-02T00:00:00Z' }, Date.UTC(2020, 0, 2)],
    ['DiagnosticReport', { effectiveDateTime: '2020-01-02' }, Date.UTC(2020, 0, 2)],
    ['Observation', { effectiveInstant: '2020-01-02T00:00:00.5Z' }, Date.UTC(2020, 0, 2) + 500],
    ['Observation', { effectiveTiming: { event: ['2020-01-04', '2020-01-02'] } }, Date.UTC(2020, 0, 2)],
    ['Observation', { effectiveTiming: { repeat: { boundsPeriod: { start: '2020-01-02' } } } }, Date.UTC(2020, 0, 2)],
    ['Encounter', { period: { start: '0001-01-01' } }, undefined],
    ['Encounter', { period: { start: 'last spring' } }, undefined],
    ['Flag', { period: { start: '2020' } }, undefined],
  ])('of %s %j', (resourceType, parts, expected) => {
    expect(sortKeyOf({ resourceType, ...parts })).toBe(expected);
  });

  it('is read from anything without a fault, or not at all', () => {
    const shape = fc.record({
      resourceType: fc.constantFrom(...streamIds),
      period: fc.jsonValue(),
      start: fc.jsonValue(),
      date: fc.jsonValue(),
      executionPeriod: fc.jsonValue(),
      occurrencePeriod: fc.jsonValue(),
      effectiveTiming: fc.jsonValue(),
      effectiveDateTime: fc.jsonValue(),
    });
    fc.assert(
      fc.property(shape, (resource) => {
        expect(sortKeyOf(resource) ?? 0).toBeTypeOf('number');
      }),
    );
  });
});
