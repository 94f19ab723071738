import { createHash } from 'node:crypto';

/** A GUID as EMIS writes it, in braces and capitals; always the same for the same words. */
export function guid(words: string): string {
  const hex = createHash('sha256').update(`emis ${words}`).digest('hex').toUpperCase();
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `A${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `{${parts.join('-')}}`;
}
