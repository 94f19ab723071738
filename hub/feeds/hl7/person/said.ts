import type { KeptPiece } from '../../format.ts';
import { readText, type Segment } from '../message.ts';

/** What is known of a person, field by field. */
export interface Said {
  /** The segment that states this field (`PID`, 5), and when it was said; undefined when nobody says it, or it was taken back. */
  of: (segment: string, field: number) => { segment: Segment; at: string } | undefined;
  /** The segments of a list (`NK1`); none when it was never told. */
  list: (segment: string) => Segment[];
}

/** Reads the pieces of `personPieces`: the patient system's own word before a copy of it. */
export function saidOf(pieces: readonly KeptPiece[]): Said {
  const byName = new Map(pieces.map((piece) => [piece.name, piece]));
  const read = new Map<KeptPiece, { segments: Segment[]; at: string }>();
  const find = (name: string): { segments: Segment[]; at: string } | undefined => {
    const piece = byName.get(name) ?? byName.get(`copy ${name}`);
    if (piece === undefined || piece.content === '') return undefined;
    const found = read.get(piece) ?? { segments: readText(piece.content).segments.slice(1), at: piece.at };
    read.set(piece, found);
    return found;
  };
  return {
    of: (segment, field) => {
      const found = find(`${segment}-${field}`);
      const [first] = found?.segments ?? [];
      return found === undefined || first === undefined ? undefined : { segment: first, at: found.at };
    },
    list: (segment) => find(segment)?.segments ?? [],
  };
}
