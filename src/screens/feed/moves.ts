/**
 * The row a key leads to from row `index` of `count`, or undefined when the key is none of the feed's: `j` and PageDown
 * to the next, `k` and PageUp to the one before, Home and End to the first and last loaded.
 */
export function moveFor(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'j':
    case 'PageDown':
      return Math.min(index + 1, count - 1);
    case 'k':
    case 'PageUp':
      return Math.max(index - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
