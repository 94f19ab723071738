import type { List } from 'fhir/r4';
import { codings, concept, date, items, text } from '../read.ts';
import { phrases } from '../words.ts';
import { keyItem, type KeyFacts, type KeyItem } from './topics.ts';

const warningWords: Record<string, string> = {
  'confidential-items': 'Items excluded due to confidentiality or the person’s preferences.',
  'data-in-transit': 'The record has not fully arrived from an earlier GP practice.',
  'data-awaiting-filing': 'Some items wait to be filed by the GP practice.',
};

/**
 * A list's own warnings in words (UK Core ListWarningCode, and GP Connect's notes): excluded items, a transfer under way.
 * The source's own note stands where there is one. They must reach the reader (uk-care.md, D1).
 */
export function warningWordsOf(list: List): string[] {
  const coded = items(list.extension)
    .filter((item) => /ListWarningCode|list-warning-code/i.test(text(item.url) ?? ''))
    .map((item) => text(item.valueCode) ?? text(codings(item.valueCodeableConcept)[0]?.code) ?? '');
  const noted = items(list.note)
    .map((note) => text(note.text))
    .filter((note) => note !== undefined)
    .filter((note) => coded.length > 0 || /exclu|missing|not (?:yet )?complete|confidential/i.test(note));
  return noted.length > 0
    ? phrases(...noted)
    : phrases(...coded.map((code) => warningWords[code] ?? 'This list may not be whole.'));
}

/** Every warning of every list in force, with the list it is about. */
export function listWarningsOf(facts: KeyFacts): KeyItem[] {
  const warnings: KeyItem[] = [];
  for (const resource of facts.topics.List.resources) {
    const list = resource as List;
    const status = text(list.status);
    if (list.resourceType !== 'List' || status === 'entered-in-error' || status === 'retired') continue;
    for (const [place, words] of warningWordsOf(list).entries()) {
      const name = text(list.title) ?? concept(list.code);
      const item = keyItem(list, facts, { text: words, detail: phrases(name), recorded: date(list.date) });
      warnings.push({ ...item, key: `${item.key}#${place}` });
    }
  }
  return warnings;
}
