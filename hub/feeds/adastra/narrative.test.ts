import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXml } from '../xml.ts';
import { narrativeLines } from './narrative.ts';

const lines = (text: string) => narrativeLines(readXml(Buffer.from(`<text>${text}</text>`)).root);

describe("a section's narrative", () => {
  it('breaks where its writer broke it, and not where the file does', () => {
    expect(lines('<content>One\n   line.</content><br/>Two<br/><br/><br/>Three<br/>')).toEqual([
      'One line.',
      'Two',
      '',
      'Three',
    ]);
    expect(lines('<br/>  <br/>')).toEqual([]);
  });

  it('keeps lists and tables apart', () => {
    expect(lines('<list><item>Paracetamol</item><item>Fluids</item></list>')).toEqual(['Paracetamol', '', 'Fluids']);
    expect(lines('<table><tr><th>Drug</th><th>Dose</th></tr><tr><td>A</td><td/></tr></table>')).toEqual([
      'Drug | Dose',
      '',
      'A',
    ]);
    expect(lines('See <renderMultiMedia referencedObject="x"/>')).toEqual([
      'See [a picture or file that is not shown here]',
    ]);
  });

  it('loses no word of whatever is nested in it (misreading 8: no part of "no evidence of")', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        word,
        fc
          .tuple(
            fc.constantFrom('content', 'paragraph', 'item', 'td', 'sub', 'linkHtml'),
            fc.array(tie('tree'), { maxLength: 3 }),
          )
          .map(([name, parts]) => `<${name}>${parts.join(' ')}</${name}>`),
      ),
    }));
    fc.assert(
      fc.property(tree, (text) => {
        const words = (from: string) => from.replaceAll(/<[^>]*>/g, ' ').match(/[a-z]+/g) ?? [];
        expect(
          lines(text)
            .join(' ')
            .match(/[a-z]+/g) ?? [],
        ).toEqual(words(text));
      }),
    );
  });
});
