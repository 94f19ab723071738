/** Runs work on several things at once, those of one key one after another in their order. */
export class Lanes {
  private readonly width: number;

  constructor(width: number) {
    this.width = width;
  }

  /**
   * Resolves when all is done. `work` must not reject. It is given things of up to `together` keys at a time, the next `ofEach` of
   * each; all of one key go through the same lane.
   */
  async each<T>(
    items: readonly T[],
    keyOf: (item: T) => string,
    work: (items: T[]) => Promise<void>,
    { together = 1, ofEach = 1 } = {},
  ): Promise<void> {
    const byKey = new Map<string, T[]>();
    for (const item of items) {
      const key = keyOf(item);
      const same = byKey.get(key);
      if (same === undefined) byKey.set(key, [item]);
      else same.push(item);
    }
    const queues = [...byKey.values()];
    const lane = async (_: unknown, place: number) => {
      let own = queues.filter((_queue, at) => at % this.width === place);
      while (own.length > 0) {
        for (let from = 0; from < own.length; from += together) {
          await work(own.slice(from, from + together).flatMap((queue) => queue.slice(0, ofEach)));
        }
        own = own.map((queue) => queue.slice(ofEach)).filter((queue) => queue.length > 0);
      }
    };
    await Promise.all(Array.from({ length: this.width }, lane));
  }
}
