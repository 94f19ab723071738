import type { Compared } from './adastra.ts';

/**
 * Compares one item; undefined where neither says anything, for what is not there is not kept well either. `why` is said
 * where it differs and the reason is known beforehand (`format: …`).
 */
export function same(
  item: string,
  truth: string | undefined,
  told: string | undefined,
  why?: string,
): Compared | undefined {
  if ((truth ?? '') === '' && (told ?? '') === '') return undefined;
  if (truth === told) return { item, lost: undefined };
  if (isSameClock(truth, told)) return { item, lost: 'format: a clock without its zone, in the hour that repeats' };
  if (isMidnight(truth, told)) return { item, lost: 'habit: Carecast writes midnight where nobody stated a time' };
  return {
    item,
    lost: why ?? (told === undefined ? 'lost' : truth === undefined ? 'told, though it is not so' : 'told otherwise'),
  };
}

/** Compares a list as it is ordered. */
export function sameList(
  item: string,
  truth: readonly (string | undefined)[] = [],
  told: readonly (string | undefined)[] = [],
): Compared | undefined {
  return same(item, truth.join('; '), told.join('; '));
}

function isSameClock(truth: string | undefined, told: string | undefined): boolean {
  const clock = (text: string | undefined): string | undefined =>
    text?.replaceAll(/(T\d\d:\d\d:\d\d)(?:Z|[+-]\d\d:\d\d)/g, '$1');
  return truth !== undefined && /T\d\d:/.test(truth) && clock(truth) === clock(told);
}

function isMidnight(truth: string | undefined, told: string | undefined): boolean {
  return told !== undefined && truth?.replaceAll(/T00:00:00[+-]\d\d:\d\d/g, '') === told;
}
