import { isHeldBy, labelParts } from '../../access/label-links/link-parts.ts';
import type { Entry, InputIndex } from './input-index.ts';
import type { JsonObject } from '../../resource/json.ts';
import { referencesIn } from '../../resource/reference.ts';

/**
 * Passes labels along the links of one resource: what points at a labelled encounter, problem or report is labelled
 * too, and so is what a labelled encounter or report holds (uk-care E: dropping coded rows leaves sibling letters,
 * appointments and medicines). Answers whether anything changed: repeat over the whole input until nothing does.
 */
export function inheritLabels(index: InputIndex, entry: Entry, resource: JsonObject): boolean {
  let changed = false;
  for (const reference of referencesIn(labelParts(entry.type, resource))) {
    const target = index.find(reference);
    if (target === undefined || target.type === 'Patient' || target.localId !== entry.localId) continue;
    changed = raise(entry, target.mask) || changed;
    if (isHeldBy(entry.type, target.type)) changed = raise(target, entry.mask) || changed;
  }
  return changed;
}

function raise(entry: Entry, mask: number): boolean {
  if ((entry.mask | mask) === entry.mask) return false;
  entry.mask |= mask;
  return true;
}
