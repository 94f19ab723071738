import type { AuditLine } from '../audit/lines.ts';

/** One line of a trail, or all that one user read of one person at a time. */
export interface Folded {
  /** The newest of them. */
  line: AuditLine;
  /** ISO 8601 UTC: when the first of them was written. */
  since: string;
  count: number;
  /** Types that were read, each once, as they came. */
  types: string[];
}

const reading = new Set([
  'read',
  'vread',
  'history',
  'search',
  'count',
  'include',
  'revinclude',
  'everything',
  'news',
  'access',
]);
/** Minutes between two lines that are one time. */
const apartMinutes = 10;

/**
 * Lines, newest first, with what one user read of one person at a time as one: opening a record alone is twenty lines. What
 * was refused, and everything that is no reading, stands for itself. No line is lost: `count` adds up to all of them.
 */
export function foldLines(lines: readonly AuditLine[]): Folded[] {
  const folded: Folded[] = [];
  for (const line of lines) {
    const before = folded.at(-1);
    if (before !== undefined && isOneWith(before, line)) {
      before.since = line.at;
      before.count += 1;
      if (line.type !== undefined && !before.types.includes(line.type)) before.types.push(line.type);
    } else {
      folded.push({ line, since: line.at, count: 1, types: line.type === undefined ? [] : [line.type] });
    }
  }
  return folded;
}

function isOneWith({ line: newest, since }: Folded, line: AuditLine): boolean {
  const both = [newest, line];
  if (both.some(({ action, outcome }) => !reading.has(action) || outcome === 'refused')) return false;
  const same = (of: (line: AuditLine) => string | undefined) => of(newest) === of(line);
  return (
    same(({ user }) => `${user?.organisation}|${user?.id}`) &&
    same(({ patient }) => patient) &&
    same(({ openedFrom }) => openedFrom) &&
    same(({ client }) => client) &&
    same(({ purpose }) => purpose) &&
    same(({ reason }) => reason) &&
    Date.parse(since) - Date.parse(line.at) <= apartMinutes * 60_000
  );
}
