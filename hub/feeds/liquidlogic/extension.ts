import { parsePartialDate } from '../../../fhir/partial-date.ts';
import type { KeptPiece } from '../format.ts';
import type { ExtensionPerson, Item, SectionName } from './extension-schema.ts';
import { isLater } from './fold.ts';
import { itemPrefix, personPiece, rowPrefix, sectionPrefix } from './scope.ts';

/** An item of the extension that stands, with the piece that said it. */
export interface Stated<T> {
  value: T;
  council: string;
  piece: KeptPiece;
}

/** What the extension said of one person. */
export interface Extension {
  /** Whose council says it; undefined where it says nothing. */
  council: string | undefined;
  person: Stated<ExtensionPerson> | undefined;
  items<S extends SectionName>(section: S): Stated<Item<S>>[];
}

/**
 * Reads a person's pieces of the extension. Of a section that was told as a whole only the items stand that it named, or
 * that were told after it. Pieces were checked against the schema before they were kept.
 */
export function extensionOf(pieces: readonly KeptPiece[]): Extension {
  const read = (piece: KeptPiece): Stated<unknown> => ({
    ...(JSON.parse(piece.content) as { council: string; value: unknown }),
    piece,
  });
  const person = pieces.find(({ name, content }) => name === personPiece && content !== '');
  const any = pieces.find(({ name, content }) => !name.startsWith(rowPrefix) && content !== '');
  return {
    council: any === undefined ? undefined : read(any).council,
    person: person === undefined ? undefined : (read(person) as Stated<ExtensionPerson>),
    items: <S extends SectionName>(section: S) => {
      const whole = pieces.find(({ name, content }) => name === sectionPrefix + section && content !== '');
      const named = new Set(whole === undefined ? [] : (read(whole).value as string[]));
      return pieces
        .filter(({ name, content }) => name.startsWith(`${itemPrefix}${section} `) && content !== '')
        .map((piece) => read(piece) as Stated<Item<S>>)
        .filter(({ value, piece }) => whole === undefined || named.has(value.id) || isLater(piece, whole));
    },
  };
}

/** Whether a time had come when the source said this. */
export function hadCome(date: string | undefined, at: string): boolean {
  const read = parsePartialDate(date);
  return read !== undefined && read.start <= Date.parse(at);
}
