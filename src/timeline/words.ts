/** An abbreviation, where it stands for this and nothing else, and its words (look.md, Words). */
const expansions: readonly (readonly [RegExp, string])[] = [
  // ED is an eating disorder or erectile dysfunction too: only beside a word that makes it a place.
  [/\b(to|in|at|from|via|attended|left) (?:A&E|ED)(?![\w/-])/g, '$1 emergency department'],
  [/(?<![\w/-])(?:A&E|ED) (attend|visit|depart|discharge|doctor|review|admission|nurse)/g, 'emergency department $1'],
  [/(?<![\w/-])A&E(?![\w/-])/g, 'emergency department'],
  [/(?<![\w/-])(?:OOH|OoH)(?![\w/-])/g, 'out of hours'],
  [/(?<![\w/-])DNA(?:'d|ed)?(?![\w/-])(?! (?:test|analys|sampl|sequenc|screen|repair|virus))/g, 'did not attend'],
  // The middle cerebral artery is an MCA as well.
  [/(?<![\w/-])MCA(?![\w/-])(?! (?:infarct|stroke|territor|aneurysm|occlusion|thromb))/g, 'Mental Capacity Act'],
  [/(?<![\w/-])(?:DoLS|DOLS)(?![\w/-])/g, 'Deprivation of Liberty Safeguards'],
  [/(?<![\w/-])POC(?![\w/-])(?! (?:test|glucose|ultrasound|device))/g, 'package of care'],
  [/(?<![\w/-])(?:TTO|TTA)s?(?![\w/-])/g, 'medicines to take home'],
  [/(?<![\w/-])Hx(?![\w/-])/g, 'history'],
  [/(?<![\w/-])NFA(?![\w/-])/g, 'no further action'],
];

/** What any of them holds: most phrases need no further look. */
const abbreviated = /[A-Z][A-Z&]|Hx|OoH/;

/** A source's phrase with the abbreviations of look.md written out; all else stays as the source wrote it. */
export function inWords(phrase: string): string {
  if (!abbreviated.test(phrase)) return phrase;
  let words = phrase;
  for (const [pattern, meaning] of expansions) words = words.replace(pattern, meaning);
  return words;
}

/** Words that keep their capital at the start of a phrase because they are names. */
const names =
  /^(?:[A-Z]\w*['’]s\b|Down\b|Covid|Asperger|Escherichia|Staphylococcus|Streptococcus|Clostridi|Mycobacterium|Helicobacter|Salmonella|Campylobacter|Neisseria|Candida|Epstein|Barrett|Colles|Baker|Raynaud|Hashimoto|Lyme|Marfan)/;

/**
 * A phrase as it follows a colon: `Cough` becomes `cough`. Names, and words in capitals (`COPD`), stay. Only the first
 * letter is touched.
 */
export function afterColon(phrase: string): string {
  const first = /^\S+/.exec(phrase)?.[0] ?? '';
  if (names.test(phrase) || !/^[A-Z][a-z][^A-Z0-9]*$/.test(first)) return phrase;
  // A phrase written in title case stays whole: half of it in small letters reads as a slip.
  if (/\s[A-Z][a-z]/.test(phrase)) return phrase;
  return phrase.charAt(0).toLowerCase() + phrase.slice(1);
}

/** The name of a service or specialty as plain words: `Renal Medicine` becomes `renal medicine`; `ENT` stays. */
export function plainCase(name: string): string {
  return names.test(name) ? name : name.replace(/(?<![\w'’])[A-Z][a-z]+(?![\w'’])/g, (word) => word.toLowerCase());
}

/** How a contact was held: `In-person` becomes `in person`, `Telephone` becomes `phone`. */
export function channelWords(channel: string): string {
  const words = channel.toLowerCase().replace('-', ' ');
  return words === 'telephone' ? 'phone' : words;
}

/** `GP consultation: cough`, or the kind alone where the source gave no reason. */
export function titled(kind: string, reason: string | undefined): string {
  return reason === undefined ? kind : `${kind}: ${afterColon(inWords(reason))}`;
}

/** `1 night`, `5 nights`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}

/** The phrases that say something, without repeats, abbreviations written out. */
export function phrases(...parts: readonly (string | undefined)[]): string[] {
  const said = parts.filter((part) => part !== undefined && part !== '').map((part) => inWords(part as string));
  return said.filter((part, place) => said.findIndex((other) => other.toLowerCase() === part.toLowerCase()) === place);
}

/** The first letter as a capital. */
export function capital(phrase: string): string {
  return phrase.charAt(0).toUpperCase() + phrase.slice(1);
}

/** A title within a sentence: `Hospital stay: …` becomes `hospital stay: …`; `GP` and `COPD` stay. */
export function lowerStart(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}
