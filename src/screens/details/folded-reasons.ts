import type { Entry } from '../../timeline/entry.ts';

/**
 * Whether an entry is, holds or is joined with mental health care. Its row never says why or how it ended (look.md, Rows); opened, its
 * reasons stay folded until they are asked for, since details stand open on a screen that others may see. This is no access
 * control: what a reader may not know the hub does not send (T7).
 */
export function holdsMentalHealth({ lane, children, joined }: Entry): boolean {
  const witnesses = joined?.witnesses.map(({ entry }) => entry) ?? [];
  return lane === 'mental-health' || [...children, ...witnesses].some(holdsMentalHealth);
}

/** Facts of a statement that say why somebody was seen, or how it ended. */
const reasons = new Set(['Reason', 'Came from', 'Went to', 'Outcome', 'Conclusion', 'Note', 'Title']);

export function tellsReason(factName: string): boolean {
  return reasons.has(factName);
}
