import type { Refusal } from './source-record.ts';

/** What happened to one resource. */
export type Outcome = 'created' | 'updated' | 'unchanged';

/** Counts what became of the resources of one input; remarks are counted by sentence, never one line a resource. */
export class Ledger {
  read = 0;
  created = 0;
  updated = 0;
  unchanged = 0;
  readonly refused: Refusal[] = [];
  private readonly counted = new Map<string, number>();

  note(outcome: Outcome): void {
    this.read += 1;
    this[outcome] += 1;
  }

  refuse(refusal: Refusal): void {
    this.read += 1;
    this.refused.push(refusal);
  }

  remark(sentence: string, times = 1): void {
    this.counted.set(sentence, (this.counted.get(sentence) ?? 0) + times);
  }

  /** Counts what another ledger counted, too. */
  add(other: Ledger): void {
    this.read += other.read;
    for (const outcome of ['created', 'updated', 'unchanged'] as const) this[outcome] += other[outcome];
    this.refused.push(...other.refused);
    for (const [sentence, times] of other.counted) this.remark(sentence, times);
  }

  get remarks(): string[] {
    return [...this.counted].map(([sentence, times]) => (times === 1 ? sentence : `${sentence} (${times} times)`));
  }
}
