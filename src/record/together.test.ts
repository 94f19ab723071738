import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { together } from './together.ts';

/** Something to listen to, which the test lets tell. */
function teller() {
  const listeners = new Set<() => void>();
  return {
    listeners,
    tell: () => listeners.forEach((listener) => listener()),
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

describe('answers that come within a moment of each other', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('are told of once, a moment after the first; what comes later is told of again', () => {
    const { tell, subscribe } = teller();
    let told = 0;
    together(subscribe, 10)(() => (told += 1));
    for (let answer = 0; answer < 9; answer += 1) {
      tell();
      vi.advanceTimersByTime(1);
    }
    expect(told).toBe(0);
    vi.advanceTimersByTime(1);
    expect(told).toBe(1);
    vi.advanceTimersByTime(1000);
    expect(told).toBe(1);
    tell();
    vi.advanceTimersByTime(10);
    expect(told).toBe(2);
  });

  test('are told of at once when none of the first is missing any more, and that once only', () => {
    const { tell, subscribe } = teller();
    let missing = 3;
    let told = 0;
    together(subscribe, 10, () => missing <= 0)(() => (told += 1));
    for (const toldBy of [0, 0, 1]) {
      missing -= 1;
      tell();
      expect(told).toBe(toldBy);
    }
    expect(vi.getTimerCount()).toBe(0);
    tell();
    expect(told).toBe(1);
    vi.advanceTimersByTime(10);
    expect(told).toBe(2);
  });

  test('are not told to who has left, and nothing is kept running for them', () => {
    const { listeners, tell, subscribe } = teller();
    let told = 0;
    const leave = together(subscribe, 10)(() => (told += 1));
    tell();
    leave();
    expect(vi.getTimerCount()).toBe(0);
    expect(listeners.size).toBe(0);
    vi.advanceTimersByTime(1000);
    expect(told).toBe(0);
  });
});
