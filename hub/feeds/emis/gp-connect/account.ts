import { type JsonObject, typeOf } from '../../../resource/json.ts';

/** What became of a resource of the practice's record: told as another, kept within others, or left out and why. */
export type Fate = { told: string } | { kept: string } | { left: string };

/** Counts what became of every resource, so that nothing goes without a word. */
export class Account {
  private readonly counts = new Map<string, number>();

  add(sent: JsonObject, fate: Fate): void {
    const [[how, what] = []] = Object.entries(fate);
    const line = `${typeOf(sent)}: ${how ?? ''} ${what ?? ''}`;
    this.counts.set(line, (this.counts.get(line) ?? 0) + 1);
  }

  /** `Observation: told Observation` → how many, in the order of the alphabet. */
  lines(): Map<string, number> {
    return new Map([...this.counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** How many resources were counted. */
  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }
}
