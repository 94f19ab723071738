import type { HumanName } from 'fhir/r4';

/**
 * A name part as it is compared and searched: case, Latin accents, spaces and punctuation do not tell people apart.
 * Only the combining diacritics of Latin, Greek and Cyrillic are dropped: in Bengali or Devanagari the marks are
 * vowels, and without them different names would agree.
 */
export function normaliseName(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

/** The comparable parts of all of a person's names. A name stated as one text gives parts but never a family name. */
export function nameParts(names: readonly HumanName[] | undefined): { families: string[]; givens: string[] } {
  const families = new Set<string>();
  const givens = new Set<string>();
  for (const name of names ?? []) {
    if (name.family) families.add(normaliseName(name.family));
    for (const given of name.given ?? []) for (const word of given.split(/\s+/)) givens.add(normaliseName(word));
    if (!name.family && !name.given?.length) {
      for (const word of (name.text ?? '').split(/\s+/)) givens.add(normaliseName(word));
    }
  }
  families.delete('');
  givens.delete('');
  return { families: [...families], givens: [...givens] };
}

/** `FAMILY, Given (Title)` (NHS CUI, Patient Name Display); a name stated only as text stays as it was written. */
export function displayName(name: HumanName | undefined): string {
  if (name === undefined) return '';
  const family = name.family?.trim().toUpperCase();
  const given = (name.given ?? []).join(' ').trim();
  const title = (name.prefix ?? []).join(' ').trim();
  if (!family && !given) return name.text?.trim() ?? '';
  return [[family, given].filter(Boolean).join(', '), title && `(${title})`].filter(Boolean).join(' ');
}
