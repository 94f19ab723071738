const marks = /\p{M}+/gu;

/** Text as it is compared: small letters, no accents, one kind of apostrophe and space. `Zoë’s` becomes `zoe's`. */
export function fold(text: string): string {
  return (
    text
      .normalize('NFD')
      .replace(marks, '')
      .toLowerCase()
      // Greek writes one letter in two ways, by where it stands in a word.
      .replaceAll('\u03c2', '\u03c3')
      .replace(/[\u2018\u2019]/g, "'")
      .replace(/\s+/g, ' ')
  );
}

/** The words of a search, each once, folded; all of them have to be met. Empty for a search that asks for nothing. */
export function searchWords(text: string): string[] {
  return [...new Set(fold(text).split(' ').filter(Boolean))];
}

/** A piece of text, and whether it is what was searched for. */
export interface Piece {
  text: string;
  found: boolean;
}

/** The text in pieces, with each place where a word is met marked; together the pieces are the text as it was. */
export function piecesOf(text: string, words: readonly string[]): Piece[] {
  if (words.length === 0) return [{ text, found: false }];
  const { folded, from } = foldedWithPlaces(text);
  const found = Array.from({ length: text.length }, () => false);
  for (const word of words) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
      found.fill(true, from[at], from[at + word.length]);
    }
  }
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length;) {
    let end = at + 1;
    while (end < text.length && found[end] === found[at]) end += 1;
    pieces.push({ text: text.slice(at, end), found: found[at] ?? false });
    at = end;
  }
  return pieces;
}

/** The folded text, and for each of its characters (and its end) where in the text as written it comes from. */
function foldedWithPlaces(text: string): { folded: string; from: number[] } {
  let folded = '';
  const from: number[] = [];
  let place = 0;
  let end = 0;
  // A letter with its accents, however it is written, is one step.
  for (const [letter] of text.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
    let plain = fold(letter);
    // Spaces in a row compare as one.
    if (plain === ' ' && folded.endsWith(' ')) plain = '';
    if (plain.length > 0) end = place;
    for (let index = 0; index < plain.length; index += 1) from.push(end);
    folded += plain;
    place += letter.length;
  }
  from.push(text.length);
  return { folded, from };
}
