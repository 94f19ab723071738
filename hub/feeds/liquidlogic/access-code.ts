const phone = /(?:\+44|\b0)[\d ()-]{8,}\d/g;
const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
/** `2026-11-02`, `2/11/2026`, `2 November 2026`, `since 2024`: a year that stands as one. */
const dates = new RegExp(
  String.raw`\b\d{4}-\d{2}(?:-\d{2})?\b|\b\d{1,2}\/\d{1,2}\/\d{2,4}\b|\b(?:in|since|from|until|by|(?:${months})[a-z]*) (?:19|20)\d{2}\b`,
  'gi',
);
const number = String.raw`\b[a-z]{0,2}\d{3,8}[a-z]{0,2}\b`;
/** What a number beside it opens. */
const lock = String.raw`key[ -]?safes?|key[ -]?pads?|key[ -]?codes?|lock[ -]?box|\bcodes?\b|\bpins?\b|combination`;
/** What a number beside it opens where somebody is told to use it. */
const way = String.raw`doors?|gates?|entry|entrance|alarm|access|buzzer|lock`;
const using = String.raw`\b(?:use|press|dial|type|enter|key in|tap|off with|number|opens?)\b`;
const near = (a: string, b: string, between = 40): string => String.raw`(?:${a})[^\n]{0,${between}}?(?:${b})`;
const telling = [
  near(lock, number),
  near(number, lock, 25),
  near(near(way, using), number, 15),
  near(near(using, number, 15), way),
  near(near(way, number, 15), using, 15),
].map((pattern) => new RegExp(pattern, 'i'));

/**
 * Whether words seem to hold the code of somebody's key safe or door (uk-care E: it needs an access rule of its own). Errs
 * towards yes: what is held back is said to be, a code that everybody reads opens a door.
 */
export function holdsAccessCode(...words: readonly (string | undefined)[]): boolean {
  return words.some((text) => {
    const bare = text?.replace(phone, ' ').replace(dates, ' ');
    return bare !== undefined && telling.some((pattern) => pattern.test(bare));
  });
}
