import * as fc from 'fast-check';
import { parse, stringify } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../resource/json.ts';
import { resourceText } from './json-text.ts';
import { readStrictJson } from './strict-json.ts';

const read = (text: string): unknown => readStrictJson(Buffer.from(text));
const again = (text: string): string => resourceText(read(text) as JsonObject).text;

const words = fc.oneof(
  fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0') && text.isWellFormed()),
  fc.constantFrom('a "quoted" word', 'back\\slash', '\\"', '\n', 'é', '😀', '7.10', '__proto__', 'constructor', '10'),
);
const numbers = fc.constantFrom('0', '-0', '7.10', '7.1', '1e3', '0.0', '12345678901234567890', '3', '-2.50', '1E-7');
/** JSON text of an object with odd names, numbers and spaces. */
const texts = fc.letrec<{ value: string; object: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    words.map((text) => JSON.stringify(text)),
    numbers,
    fc.constantFrom('true', 'null', '[]', '{ }', ' [ 1 ,\t2.0]'),
    tie('object'),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(' , ')}]`),
  ),
  object: fc
    .uniqueArray(fc.tuple(words, fc.constantFrom('', ' ', '\r\n  '), tie('value')), {
      maxLength: 4,
      selector: ([name]) => name,
    })
    .map(
      (members) =>
        `{${members.map(([name, space, value]) => `${space}${JSON.stringify(name)}:${space}${value}`).join()}}`,
    ),
})).object;

describe('a body as an app sends it', () => {
  it.each([
    ['{"value":7.1,"unit":"mmol/L"}', '{"value":7.1,"unit":"mmol/L"}'],
    ['{ "value" : 7.1,\n"text": "a b" }', '{"value":7.1,"text":"a b"}'],
    ['{"value":7.10}', '{"value":7.10}'],
    ['{"value":[1e3, 12345678901234567890]}', '{"value":[1e3,12345678901234567890]}'],
    ['{"text":"\\u00e9\\/"}', '{"text":"é/"}'],
  ])('%s is kept as %s', (text, kept) => {
    expect(again(text)).toBe(kept);
  });

  it('is read to the same words and numbers, whatever its spaces, as the careful reader alone reads it', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(again(text)).toBe(stringify(parse(text)));
        expect(resourceText(read(text) as JsonObject).plain).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['an element twice', '{"code":1,"code":2}'],
    ['an element twice, once in other letters', '{"code":1,"c\\u006fde":2}'],
    ['an element twice deep down, among spaces', '{ "a": [ { "code": 1, "code": 2 } ] }'],
    ['NUL', '{"text":"a\\u0000b"}'],
    ['half a character', '{"text":"\\ud83d"}'],
    ['half a character in a name', '{"\\ud83d":1}'],
    ['a number beyond all numbers', '{"value":1e999}'],
    ['nesting without end', `${'['.repeat(65)}${']'.repeat(65)}`],
    ['no JSON', '{"value":1,}'],
    ['two values', '{"value":1} {"value":2}'],
    ['nothing', ''],
  ])('that holds %s is refused', (_what, text) => {
    expect(() => read(text)).toThrow(/^The body/);
  });

  it('of the greatest length is read in steps of its length, backslashes and all', () => {
    const text = `{ "data": "${'\\\\'.repeat(2 ** 20)}${'x'.repeat(2 ** 20)}" }`;
    expect((read(text) as { data: string }).data).toHaveLength(2 ** 21);
  });
});
