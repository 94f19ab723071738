import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseKey } from './case-key.ts';

describe('what a case is called', () => {
  it('is its GUID, however it is written, and whoever passes it on', () => {
    const guid = '5D0B5E0C-1F5E-4B6A-9C7E-0A1B2C3D4E5F';
    for (const written of [guid, guid.toLowerCase(), `{${guid}}`, ` ${guid} `])
      for (const organisation of ['XLCW1', 'RYE', '']) expect(caseKey(written, organisation)).toBe(guid);
  });

  it('is never that of another case: a number belongs to the organisation that gave it (false join)', () => {
    expect(caseKey('59132', 'RYE')).toBe('RYE-59132');
    expect(caseKey('59132', 'XLCW1')).not.toBe(caseKey('59132', 'RYE'));
    fc.assert(
      fc.property(fc.string({ maxLength: 90 }), fc.string({ maxLength: 90 }), (one, other) => {
        fc.pre(one.trim() !== other.trim());
        expect(caseKey(one, 'RYE')).not.toBe(caseKey(other, 'RYE'));
        expect(caseKey(one, 'RYE')).toMatch(/^[\w.-]{1,64}$/);
      }),
    );
  });
});
