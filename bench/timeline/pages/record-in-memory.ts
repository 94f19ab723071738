import type { BenchRecord } from '../bench-record.ts';

/** The record of so many entries (`?n=`), parsed: from here on it is in memory, and no clock has started yet. */
export async function recordInMemory(): Promise<BenchRecord> {
  const entries = new URLSearchParams(window.location.search).get('n') ?? '100';
  const answer = await fetch(`/record-${entries}.json`);
  if (!answer.ok) throw new Error(`no record of ${entries} entries: ${answer.status}`);
  return (await answer.json()) as BenchRecord;
}
