import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessLines, heldBack, openLines } from './access-codes.ts';

describe('the code of a door in what a caller said', () => {
  it('is held back with its line, and with the line above where it stands alone', () => {
    expect(openLines(['Daughter rang.', 'Gate code 0815', 'Dog is friendly.'])).toEqual([
      'Daughter rang.',
      heldBack,
      'Dog is friendly.',
    ]);
    expect(openLines(['Key safe by the door:', '', '4711', 'Ring twice.'])).toEqual([
      heldBack,
      '',
      heldBack,
      'Ring twice.',
    ]);
    expect(openLines(['Ring 020 7946 0706 at the gate.', 'Lives alone.'])).toEqual([
      'Ring 020 7946 0706 at the gate.',
      'Lives alone.',
    ]);
  });

  it('every line is either open or held back, none is lost', () => {
    const line = fc.constantFrom('Key safe', 'code 4711', '4711', 'Lives alone.', '', 'Ring 020 7946 0706');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const open = openLines(lines).filter((each) => each !== heldBack);
        expect([...open, ...accessLines(lines)].sort()).toEqual(lines.toSorted());
      }),
    );
  });
});
