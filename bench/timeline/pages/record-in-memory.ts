import type { BenchRecord } from '../bench-record.ts';

/** Brings the record of so many entries (`?n=`) into memory, parsed, and makes of it what the page will ask. */
export async function inMemory<T>(make: (record: BenchRecord) => T): Promise<{ made: T; pausedMs: number }> {
  const asked = performance.now();
  const entries = new URLSearchParams(window.location.search).get('n') ?? '100';
  const answer = await fetch(`/record-${entries}.json`);
  if (!answer.ok) throw new Error(`no record of ${entries} entries: ${answer.status}`);
  const made = make((await answer.json()) as BenchRecord);
  return { made, pausedMs: performance.now() - asked };
}
