import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormSeal } from './form-seal.ts';

describe('what a form carries', () => {
  const seal = new FormSeal('key of the tests');
  const value = { id: '1', reason: 'Größe “x”' };
  const sealed = seal.seal('interaction', 'choice', value);

  it('comes back as it went', () => {
    expect(seal.open('interaction', 'choice', sealed)).toEqual(value);
  });

  it('is nothing for another interaction, another purpose or another hub', () => {
    expect(seal.open('other', 'choice', sealed)).toBeUndefined();
    expect(seal.open('interaction', 'form', sealed)).toBeUndefined();
    expect(new FormSeal('another key').open('interaction', 'choice', sealed)).toBeUndefined();
  });

  it('is nothing when changed in any way', () => {
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.constantFrom('A', 'b', '.', '0'), (at, character) => {
        const changed = sealed.slice(0, at) + character + sealed.slice(at + 1);
        // The last character of a base64url text may hold bits that mean nothing.
        fc.pre(changed !== sealed && at !== sealed.length - 1);
        expect(seal.open('interaction', 'choice', changed)).toBeUndefined();
      }),
    );
    expect(seal.open('interaction', 'choice', '')).toBeUndefined();
  });
});
