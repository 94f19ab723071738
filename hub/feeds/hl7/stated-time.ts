import { habitual } from './adt/period.ts';
import { readTime, type ReadTime } from './date-time.ts';
import type { Dialect } from './dialect.ts';

/** A time as this system means it (`habitual`): where midnight stands for a time that nobody stated, it is a day. */
export function statedTime(text: string, dialect: Dialect): ReadTime {
  const read = readTime(text);
  return read.value === undefined ? read : { ...read, value: habitual(read.value, dialect) };
}
