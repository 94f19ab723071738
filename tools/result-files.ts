import { resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../node_modules/.cache/test-results');

/** Where `npm test` leaves what each runner says of its run; `npm test` begins by taking away those of the run before. */
export const resultFiles = {
  unit: resolve(folder, 'unit.json'),
  endToEnd: resolve(folder, 'end-to-end.json'),
} as const;
