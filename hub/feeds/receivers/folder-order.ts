/**
 * Names that senders give a file while they write it, and names nobody means to send. `name.csv.part` becomes `name.csv`
 * when it is whole.
 */
const notSent = /^\.|~$|\.(?:part|partial|filepart|tmp|temp|crdownload|writing|lock)$/i;

export function isSent(name: string): boolean {
  return !notSent.test(name);
}

// An extract tells codes, staff and places by number. They come first, so that what refers to them is told once and whole.
const tablesFirst = [/(^|_)Coding_/i, /(^|_)Admin_(?!Patient)/i, /(^|_)Admin_Patient/i];

/**
 * Files as they are to be taken: by the day or moment in their names, so that an older set comes before a newer one; within
 * a set code tables first; then by name.
 */
export function inOrder(names: readonly string[]): string[] {
  return names
    .map((name) => ({ name, set: setOf(name), rank: rankOf(name) }))
    .sort((a, b) => compare(a.set, b.set) || a.rank - b.rank || compare(a.name, b.name))
    .map(({ name }) => name);
}

/** The day, or moment, that the name states: `…_20261102…`, `…_2026-11-02…`; empty without one. */
function setOf(name: string): string {
  const [, year = '', month = '', day = '', time = ''] =
    /(?<!\d)(20\d\d)-?([01]\d)-?([0-3]\d)(?:[T_-]?(\d{6}))?(?!\d)/.exec(name) ?? [];
  return year + month + day + time;
}

function rankOf(name: string): number {
  const rank = tablesFirst.findIndex((table) => table.test(name));
  return rank === -1 ? tablesFirst.length : rank;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
