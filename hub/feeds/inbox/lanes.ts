/** Runs work on several things at once, those of one key one after another in their order. */
export class Lanes {
  private readonly width: number;

  constructor(width: number) {
    this.width = width;
  }

  /** Resolves when all is done. `work` must not reject. */
  async each<T>(items: readonly T[], keyOf: (item: T) => string, work: (item: T) => Promise<void>): Promise<void> {
    const byKey = new Map<string, T[]>();
    for (const item of items) {
      const key = keyOf(item);
      const same = byKey.get(key);
      if (same === undefined) byKey.set(key, [item]);
      else same.push(item);
    }
    const queues = byKey.values();
    const lane = async () => {
      for (const queue of queues) for (const item of queue) await work(item);
    };
    await Promise.all(Array.from({ length: this.width }, lane));
  }
}
