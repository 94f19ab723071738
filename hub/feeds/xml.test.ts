import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnusableMessage } from './format.ts';
import { deepestDocument, largestDocument, mostMarkup, readXml } from './xml.ts';
import { at, attribute, child, childrenOf, lineOf, textOf } from './xml-element.ts';

const read = (text: string) => readXml(Buffer.from(text));
function refusal(bytes: Uint8Array | string): string {
  try {
    readXml(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  } catch (error) {
    if (error instanceof UnusableMessage) return error.message;
    throw error;
  }
  return 'taken';
}

describe('a document', () => {
  it('is read in order, without prefixes, with its entities and its character data', () => {
    const { root } = read('<x:a xmlns:x="u" n="1 &amp; 2"><b>one</b> and <b><![CDATA[<two> &amp;]]></b><c/></x:a>');
    expect(root.name).toBe('a');
    expect(attribute(root, 'n')).toBe('1 & 2');
    expect(childrenOf(root).map(({ name }) => name)).toEqual(['b', 'b', 'c']);
    expect(textOf(root)).toBe('one and <two> &amp;');
    expect(textOf(at(root, 'c'))).toBeUndefined();
    expect(attribute(root, 'm')).toBeUndefined();
    expect(child(root, 'd')).toBeUndefined();
    expect(lineOf(read('<a> one\n two </a>').root)).toBe('one two');
  });

  it('has its entities read once: what they come to is text, never markup and never another entity', () => {
    expect(textOf(read('<a>&amp;lt;b&amp;gt; &#38;amp; &#xE9;&nbsp;</a>').root)).toBe('&lt;b&gt; &amp; é&nbsp;');
  });

  it('gives back any text that was written into it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const escaped = text
          .replaceAll('&', '&amp;')
          .replaceAll('<', '&lt;')
          .replaceAll('>', '&gt;')
          .replaceAll('"', '&quot;');
        // oxlint-disable-next-line no-control-regex -- XML allows no controls
        fc.pre(!/[\0-\u001f\ufffe\uffff]/.test(text));
        const { root } = read(`<a b="${escaped}">${escaped}</a>`);
        expect(root.children).toEqual(text === '' ? [] : [text]);
        expect(root.attributes.get('b')).toBe(text);
      }),
    );
  });
});

describe('a document that means harm', () => {
  it('with a document type is refused unread: entities within entities, and files of this machine', () => {
    const laughs = [
      '<!DOCTYPE l [<!ENTITY a0 "ha">',
      ...Array.from({ length: 9 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`),
      ']><l>&a9;</l>',
    ];
    const started = Date.now();
    expect(refusal(laughs.join(''))).toContain('declares a document type');
    expect(refusal('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')).toContain(
      'declares a document type',
    );
    expect(refusal('<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>')).toContain('declares a document type');
    expect(refusal('<!doctype a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><a/>')).toContain(
      'declares a document type',
    );
    expect(refusal(Buffer.from('\ufeff<!DOCTYPE a><a/>', 'utf16le'))).toContain('declares a document type');
    expect(Date.now() - started).toBeLessThan(1000);
    // An entity that was declared nowhere is words.
    expect(textOf(read('<a>&xxe;</a>').root)).toBe('&xxe;');
  });

  it('of 100 MB is refused before it is parsed', () => {
    const bytes = Buffer.alloc(100 * 1024 * 1024, 'x');
    bytes.write('<a>');
    const started = performance.now();
    expect(refusal(bytes)).toBe('The document has more than 8 MB.');
    expect(performance.now() - started).toBeLessThan(50);
    expect(bytes.length).toBeGreaterThan(largestDocument);
  });

  it('nested without end, or made of nothing but tags, is refused', () => {
    const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    expect(refusal(nested(deepestDocument - 1))).toBe('taken');
    expect(refusal(nested(100_000 / 2 - 1))).toContain('nested deeper');
    expect(refusal(`<a>${'<b/>'.repeat(mostMarkup)}</a>`)).toContain('more elements');
  });

  it('that is none is refused: empty, cut short, two of them, packed, binary', () => {
    for (const text of [
      '',
      ' ',
      'hello',
      '<a>',
      '<a><b></a></b>',
      '<a/><b/>',
      '<a b=1/>',
      '<a b="1" b="2"/>',
      '{"a":1}',
    ])
      expect(refusal(text), text).not.toBe('taken');
    expect(refusal(gzipSync('<a/>'))).not.toBe('taken');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(refusal(bytes)).toBeTypeOf('string');
      }),
    );
  });
});

describe('the character set', () => {
  const latin = (declared: string) =>
    Buffer.from(`<?xml version="1.0" encoding="${declared}"?><a>Zo\u00eb</a>`, 'latin1');

  it('is the one that the document declares, or that its mark shows', () => {
    for (const declared of ['ISO-8859-1', 'windows-1252'])
      expect(readXml(latin(declared))).toMatchObject({ doubts: [], root: { children: ['Zoë'] } });
    for (const encoding of ['utf8', 'utf16le'] as const)
      expect(textOf(readXml(Buffer.from('\ufeff<a>Zoë 王</a>', encoding)).root)).toBe('Zoë 王');
    expect(textOf(readXml(Buffer.from('<?xml version="1.0"?><a>Zoë</a>', 'utf16le')).root)).toBe('Zoë');
    expect(textOf(readXml(Buffer.from('\ufeff<a>Zoë</a>', 'utf16le').swap16()).root)).toBe('Zoë');
  });

  it('that is declared wrongly is guessed and said; one that nobody reads here is refused', () => {
    const guessed = readXml(latin('utf-8'));
    expect(textOf(guessed.root)).toBe('Zoë');
    expect(guessed.doubts).toEqual(['The text is not in the character set that it declares: read as Western European']);
    expect(refusal(latin('ebcdic-cp-gb'))).toContain('character set that is not read here');
  });

  it('holds no control characters: they are read as spaces, and said', () => {
    expect(readXml(Buffer.from('<a>one\u000btwo\0</a>'))).toMatchObject({
      root: { children: ['one two '] },
      doubts: ['Characters that XML does not allow, read as spaces'],
    });
    expect(textOf(read('<a>x&#0;&#11;y&#xD800;</a>').root)).toBe('x  y\ufffd');
  });
});
