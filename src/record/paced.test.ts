import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { paced } from './paced.ts';
import { streamIds, type RecordState, type StreamState } from './record-state.ts';

const untouched = (id: StreamState['id']): StreamState => ({
  id,
  status: 'loading',
  slow: false,
  resources: [],
  pages: 0,
  readBackTo: undefined,
  failure: undefined,
});

/** A reader whose state the test sets. */
function fakeReader() {
  const listeners = new Set<() => void>();
  let state = {
    patient: { status: 'loading' },
    sourcesRead: 'loading',
    withheld: 'none',
    strangers: 0,
    streams: Object.fromEntries(streamIds.map((id) => [id, untouched(id)])),
  } as unknown as RecordState;
  return {
    listeners,
    state: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change(part: Partial<RecordState>) {
      state = { ...state, ...part };
      for (const listener of listeners) listener();
    },
    encounters(part: Partial<StreamState>) {
      this.change({ streams: { ...state.streams, Encounter: { ...state.streams.Encounter, ...part } } });
    },
  };
}

describe('a long record is drawn without keeping the page from answering', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('the first page shows at once; of a hundred older pages in a second only a few are drawn, and the last one is', () => {
    const reader = fakeReader();
    const record = paced(reader);
    let drawn = 0;
    record.subscribe(() => (drawn += 1));
    reader.encounters({ pages: 1 });
    expect(record.state().streams.Encounter.pages).toBe(1);
    expect(drawn).toBe(1);
    for (let pages = 2; pages <= 101; pages += 1) {
      vi.advanceTimersByTime(10);
      reader.encounters({ pages });
    }
    expect(drawn).toBeGreaterThan(1);
    expect(drawn).toBeLessThan(5);
    vi.advanceTimersByTime(1_600);
    expect(record.state()).toBe(reader.state());
  });

  test.each([
    { tookMs: 500, restMs: 2_000, why: 'four times what the last drawing took' },
    { tookMs: 20, restMs: 800, why: 'no sooner than ever, where drawing is quick' },
    { tookMs: 60_000, restMs: 6_400, why: 'no longer than somebody who scrolls would wait' },
  ])('after a drawing of $tookMs ms older pages rest for $restMs ms: $why', ({ tookMs, restMs }) => {
    const reader = fakeReader();
    const record = paced(reader);
    record.subscribe(() => undefined);
    reader.encounters({ pages: 1 });
    vi.advanceTimersByTime(tookMs);
    record.drawn(record.state());
    // News shows at once, and what comes after it rests.
    reader.encounters({ pages: 2, slow: true });
    reader.encounters({ pages: 3, slow: true });
    vi.advanceTimersByTime(restMs - 1);
    expect(record.state().streams.Encounter.pages).toBe(2);
    vi.advanceTimersByTime(1);
    expect(record.state().streams.Encounter.pages).toBe(3);
  });

  test.each<[string, Partial<StreamState>]>([
    ['a stream that fails', { status: 'failed', failure: { kind: 'server', message: 'x', at: 0 } }],
    ['a stream that hangs', { slow: true }],
  ])('%s is said at once, between two drawings', (_what, part) => {
    const reader = fakeReader();
    const record = paced(reader);
    record.subscribe(() => undefined);
    reader.encounters({ pages: 1 });
    reader.encounters({ pages: 2 });
    expect(record.state().streams.Encounter.pages).toBe(1);
    reader.encounters(part);
    expect(record.state()).toBe(reader.state());
  });

  test('the end of one stream is no more than its last page; the end of the last one shows at once', () => {
    const reader = fakeReader();
    const record = paced(reader);
    record.subscribe(() => undefined);
    reader.encounters({ pages: 1 });
    reader.encounters({ pages: 2, status: 'complete' });
    expect(record.state().streams.Encounter.status).toBe('loading');
    vi.advanceTimersByTime(800);
    expect(record.state().streams.Encounter.status).toBe('complete');
    const ended = streamIds.map((id) => [id, { ...untouched(id), pages: 1, status: 'complete' }] as const);
    const allButOne = ended.map(([id, stream]) => [id, id === 'Task' ? { ...stream, status: 'loading' } : stream]);
    reader.change({ streams: Object.fromEntries(allButOne) as RecordState['streams'] });
    reader.change({ streams: Object.fromEntries(ended) as unknown as RecordState['streams'] });
    expect(record.state()).toBe(reader.state());
  });

  test('so is anything about the person, the sources, what is withheld and what belongs to somebody else', () => {
    const reader = fakeReader();
    const record = paced(reader);
    record.subscribe(() => undefined);
    reader.encounters({ pages: 1 });
    const news: Partial<RecordState>[] = [
      { patient: { status: 'failed', resource: undefined, failure: 'server' } },
      { sourcesRead: 'failed' },
      { withheld: 'some' },
      { strangers: 1 },
    ];
    for (const part of news) {
      reader.change(part);
      expect(record.state()).toBe(reader.state());
    }
  });

  test('what came before anybody listened shows when somebody does, and nothing is kept running after the last one left', () => {
    const reader = fakeReader();
    const record = paced(reader);
    reader.encounters({ pages: 1 });
    let drawn = 0;
    const leave = record.subscribe(() => (drawn += 1));
    expect(record.state()).toBe(reader.state());
    expect(drawn).toBe(1);
    leave();
    expect(reader.listeners.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
