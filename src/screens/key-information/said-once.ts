import type { KeyItem } from '../../timeline/key-information/topics.ts';
import { lowerStart } from '../../timeline/words.ts';

/**
 * Statements of a topic for one line, nothing cut: `Penicillin: rash (GP)`, `Lives alone (Council, GP)`. What several
 * sources state in the same words is said once with all of them. Where `noted`, what has a longer text says so, for that may
 * qualify it: `Penicillin: rash, see note (GP)`.
 */
export function saidOnce(items: readonly KeyItem[], noted = false): string[] {
  const sources = new Map<string, string[]>();
  for (const { label, text, detail, source, narrative } of items) {
    const name = label === undefined ? text : `${label}: ${text}`;
    const further = [...detail.map(lowerStart), ...(noted && narrative !== undefined ? ['see note'] : [])];
    const words = further.length === 0 ? name : `${name}: ${further.join(', ')}`;
    const known = sources.get(words) ?? [];
    if (!known.includes(source)) known.push(source);
    sources.set(words, known);
  }
  return [...sources].map(([words, by]) => `${words} (${by.join(', ')})`);
}
