/**
 * All that the council says of one person is told as a whole, whichever of its two feeds said it: the extension says more
 * about the events of the return, and is no use without them.
 */
export const careScope = 'care';

/** How the names of a person's pieces begin: a line of the return. */
export const rowPrefix = 'row ';
/** An item of the extension: `item alerts a1`. */
export const itemPrefix = 'item ';
/** Which items of a section of the extension stand: `section alerts`. */
export const sectionPrefix = 'section ';
/** Who the person is, by the extension. */
export const personPiece = 'person';
