import { allBits } from './labels.ts';
import type { Reader } from './reader.ts';

/**
 * The label bits a reader is not shown: the one place where a role, a relationship or the person's own choice will
 * decide. Until that policy is agreed a labelled item is withheld from everybody.
 */
export function deniedMask(_reader: Reader): number {
  return allBits;
}
