import { confidentiality } from '../../../fhir/systems.ts';
import { holdsAccessCode } from '../liquidlogic/access-code.ts';

/** Stands in a text that everybody reads where the code of somebody's door would. */
export const heldBack = 'Held back here: words that seem to hold the code of a door or a key safe.';

/** Whether a whole text, over its line ends, seems to hold such a code. */
export function isAccessNote(text: string): boolean {
  return holdsAccessCode(text.replaceAll(/\s+/g, ' '));
}

/**
 * Lines as everybody may read them. Only what callers and the service write about getting in is read for codes: in clinical
 * notes a line about an intravenous access is not one to hold back.
 */
export function openLines(lines: readonly string[]): string[] {
  const held = heldLines(lines);
  return lines.map((line, place) => (held.has(place) ? heldBack : line));
}

/** The lines that `openLines` holds back. */
export function accessLines(lines: readonly string[]): string[] {
  const held = heldLines(lines);
  return lines.filter((_, place) => held.has(place));
}

/** A code often stands on the line below what it opens. */
function heldLines(lines: readonly string[]): Set<number> {
  const alone = lines.map((line) => holdsAccessCode(line));
  const held = new Set([...lines.keys()].filter((place) => alone[place]));
  const written = [...lines.keys()].filter((place) => lines[place] !== '');
  for (const [order, place] of written.entries()) {
    const next = written[order + 1];
    if (next === undefined || held.has(place) || held.has(next)) continue;
    if (isAccessNote(`${lines[place] ?? ''} ${lines[next] ?? ''}`)) held.add(place).add(next);
  }
  return held;
}

/** v3 Confidentiality R. */
export const restricted = { system: confidentiality, code: 'R' };
