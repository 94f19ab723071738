const place = String.raw`key[ -]?safe|key[ -]?pad|key[ -]?code|door|gate|entry|access|alarm|lock|\bpin\b|\bcode\b`;
const phone = /(?:\+44|\b0)[\d ()-]{8,}\d/g;
const dates = /\b\d{4}-\d{2}(?:-\d{2})?\b|\b\d{1,2}\/\d{1,2}\/\d{2,4}\b/g;
const near = new RegExp(
  String.raw`(?:${place})[^\n]{0,60}?\b[a-z]{0,2}\d{3,8}[a-z]{0,2}\b|\b\d{3,8}[a-z]{0,2}\b[^\n]{0,30}?(?:${place})`,
  'i',
);

/**
 * Whether words seem to hold the code of somebody's key safe or door (uk-care E: it needs an access rule of its own). Errs
 * towards yes: what is held back is said to be, a code that everybody reads opens a door.
 */
export function holdsAccessCode(...words: readonly (string | undefined)[]): boolean {
  return words.some((text) => text !== undefined && near.test(text.replace(phone, ' ').replace(dates, ' ')));
}
