import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { versionPlace } from './version-place.ts';

const fields = '"versionId":"7","lastUpdated":"2026-11-22T10:00:00.000Z"';
const written = (content: string): unknown => {
  const { head, tail } = versionPlace(content);
  return JSON.parse(head + fields + tail);
};

describe('Where the version goes in a resource', () => {
  const version = { versionId: '7', lastUpdated: '2026-11-22T10:00:00.000Z' };
  const anything = fc.dictionary(
    fc.oneof(fc.string(), fc.constantFrom('meta', 'contained', 'id', '"meta":{', '\\')),
    fc.jsonValue({ maxDepth: 3 }),
    { maxKeys: 6 },
  );

  test('whatever a resource holds, it parses to the same resource with the version in its meta', () => {
    fc.assert(
      fc.property(
        anything,
        fc.option(anything, { nil: undefined }),
        fc.constantFrom(undefined, 1, 3),
        (resource, meta, space) => {
          const { meta: _meta, ...others } = resource;
          const whole = meta === undefined ? others : { ...others, meta };
          const { versionId: _version, lastUpdated: _updated, ...otherMeta } = meta ?? {};
          // Through JSON, because that is what decides on `__proto__` and -0.
          const expected = JSON.parse(JSON.stringify({ ...others, meta: { ...otherMeta, ...version } })) as unknown;
          expect(written(JSON.stringify(whole, undefined, space))).toEqual(expected);
        },
      ),
    );
  });

  test.each([
    ['no meta', '{"resourceType":"Flag"}'],
    ['an empty meta', '{"meta": { } ,"resourceType":"Flag"}'],
    ['nothing at all', ' { } '],
    ['a meta in a contained resource only', '{"contained":[{"meta":{"source":"x"}}],"id":"a"}'],
    ['a text that looks like a meta', '{"text":"\\"meta\\":{","id":"a\\\\"}'],
    ['a meta written with an escape', '{"m\\u0065ta":{"source":"x"},"id":"a"}'],
    ['a meta stated twice', '{"meta":{"source":"x"},"a":{},"meta":{"source":"y"}}'],
    ['a meta that was no object before it was one', '{"meta":1,"a":{"b":[]},"meta":{"source":"y"}}'],
  ])('a resource with %s', (_what, content) => {
    const resource = JSON.parse(content) as { meta?: object };
    expect(written(content)).toEqual({ ...resource, meta: { ...resource.meta, ...version } });
  });

  test('a result keeps the zeros it was reported with', () => {
    const { head, tail } = versionPlace(
      '{"valueQuantity":{"value":7.10},"meta":{"source":"x"},"big":12345678901234567890}',
    );
    expect(head + fields + tail).toContain('7.10');
    expect(head + fields + tail).toContain('12345678901234567890');
  });

  test.each(['[]', 'null', '"x"', '{', '{"meta":null}', '{"meta":[]}', '{"meta":"x"}'])('%s is refused', (content) => {
    expect(() => versionPlace(content)).toThrow(/JSON/);
  });
});
