import { execFile } from 'node:child_process';
import { z } from 'zod';

/** What `npm run load -- --json` said, read line by line. */
export interface Loaded {
  code: number | null;
  people: { patient: string; name: string; resources: number }[];
  totals: { read: number; created: number; updated: number; unchanged: number; refused: number } | undefined;
  /** Lines on standard error: what was refused and why. */
  said: string[];
}

const count = z.number().int().nonnegative();
const personLine = z.object({ patient: z.string(), name: z.string(), resources: count });
const totalsLine = z.object({
  totals: z.object({ read: count, created: count, updated: count, unchanged: count, refused: count }),
});

/** Runs the load command on the embedded store in `dataDir`. Rejects when a line of its output is none it may write. */
export function loadRecords(dataDir: string, ...paths: string[]): Promise<Loaded> {
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '' };
  const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      ['hub/load.ts', '--json', ...paths],
      { env, maxBuffer: 64 * 1024 * 1024 },
      (_error, out, err) => {
        try {
          const told: unknown[] = lines(out).map((line) => JSON.parse(line));
          const totals = told.length === 0 ? undefined : totalsLine.parse(told.pop()).totals;
          const people = told.map((line) => personLine.parse(line));
          resolve({ code: child.exitCode, people, totals, said: lines(err) });
        } catch (error) {
          reject(new Error(`the load command said: ${out}${err}`, { cause: error }));
        }
      },
    );
  });
}
