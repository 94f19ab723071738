import { describe, expect, test } from 'vitest';
import { streamIds, type RecordState, type SourceState, type StreamState } from '../../record/record-state.ts';
import { groundsOf, recordsFrom } from './overview-grounds.ts';

const at = (day: string) => Date.parse(`${day}T00:00:00Z`);

function recordWith(
  streams: Partial<Record<StreamState['id'], Partial<StreamState>>>,
  sources: readonly (Partial<SourceState> & { id: string })[] = [],
): Pick<RecordState, 'streams' | 'sources'> {
  const all = streamIds.map((id): [string, StreamState] => [
    id,
    {
      id,
      status: 'complete',
      slow: false,
      resources: [],
      pages: 1,
      readBackTo: -Infinity,
      failure: undefined,
      ...streams[id],
    },
  ]);
  return {
    streams: Object.fromEntries(all) as RecordState['streams'],
    sources: sources.map((source) => ({
      name: source.id,
      status: 'ok',
      asAt: undefined,
      startsFrom: undefined,
      message: undefined,
      ...source,
    })),
  };
}

test('a record that was read whole has no such ground', () => {
  expect(groundsOf(recordWith({}))).toEqual([]);
});

describe('ground that was not read', () => {
  test('lies under every setting, below what all streams were read back to, while older pages come', () => {
    const state = recordWith({
      Encounter: { status: 'loading', readBackTo: at('2021-02-03') },
      Task: { status: 'loading', readBackTo: at('2019-01-01') },
    });
    expect(groundsOf(state)).toEqual([
      { kind: 'loading', lanes: undefined, from: -Infinity, to: at('2021-02-03'), what: 'Entries' },
    ]);
  });

  test('is everything before the first pages, and says so when the reader stopped loading', () => {
    expect(groundsOf(recordWith({ Encounter: { status: 'loading', readBackTo: undefined } }))[0]?.to).toBe(Infinity);
    expect(groundsOf(recordWith({ Encounter: { status: 'stopped', readBackTo: 5 } }))[0]?.kind).toBe('stopped');
  });

  test('of a stream that failed lies under its settings, as far back as nothing of it came', () => {
    const state = recordWith({
      Task: { status: 'failed', readBackTo: undefined },
      Observation: { status: 'failed', readBackTo: at('2026-03-01') },
    });
    expect(groundsOf(state).map(({ kind, lanes, to }) => ({ kind, lanes, to }))).toEqual([
      { kind: 'failed', lanes: ['social-care'], to: Infinity },
      { kind: 'failed', lanes: ['patient'], to: at('2026-03-01') },
    ]);
  });

  test('of a source the hub could not read begins where its data ends; of one sent in part, it is what is older', () => {
    const state = recordWith({}, [
      { id: 'adastra', status: 'failed', asAt: '2026-11-21T23:10:00Z' },
      { id: 'liquidlogic', status: 'partial', startsFrom: '2019-02-03' },
    ]);
    expect(groundsOf(state).map(({ kind, lanes, from, to }) => ({ kind, lanes, from, to }))).toEqual([
      { kind: 'failed', lanes: ['urgent'], from: Date.parse('2026-11-21T23:10:00Z'), to: Infinity },
      { kind: 'failed', lanes: ['social-care'], from: -Infinity, to: at('2019-02-03') },
    ]);
  });

  test('of a system this page does not know may lie under any setting', () => {
    const [ground] = groundsOf(recordWith({}, [{ id: 'other', status: 'failed' }]));
    expect(ground?.lanes).toBeUndefined();
  });
});

describe('ground that no connected source holds (misreading 3)', () => {
  test('lies before the earliest of the sources of a setting', () => {
    const state = recordWith({}, [
      { id: 'system-c', startsFrom: '2005-04-01' },
      { id: 'carecast', startsFrom: '2003-04-02' },
    ]);
    expect(groundsOf(state).map(({ kind, lanes, to }) => [kind, lanes, new Date(to).toISOString()])).toEqual([
      ['not-held', ['hospital'], '2003-04-01T23:00:00.000Z'],
      ['not-held', ['community'], '2003-04-01T23:00:00.000Z'],
      ['not-held', ['mental-health'], '2003-04-01T23:00:00.000Z'],
    ]);
  });

  test('is not claimed where a source does not say since when it holds', () => {
    const state = recordWith({}, [
      { id: 'system-c', startsFrom: undefined },
      { id: 'carecast', startsFrom: '2003-04-02' },
    ]);
    expect(groundsOf(state)).toEqual([]);
  });
});

test('the scale reaches back to the earliest start of a connected source', () => {
  const { sources } = recordWith({}, [
    { id: 'emis', startsFrom: '1998-01-01' },
    { id: 'carecast', startsFrom: '2003-04-02' },
    { id: 'liquidlogic', status: 'not-connected', startsFrom: '1980-01-01' },
  ]);
  expect(recordsFrom(sources)).toBe(at('1998-01-01'));
  expect(recordsFrom([])).toBeUndefined();
});
