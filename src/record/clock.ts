/** Time, handed in so that tests can move it. */
export interface Clock {
  now(): number;
  /** Calls back after so many milliseconds; returns the way to call it off. */
  after(ms: number, work: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};
