import { describe, expect, it } from 'vitest';
import { displayName, nameParts, normaliseName } from './names.ts';

describe('names as they are compared', () => {
  it.each([
    ['O’Neill', "O'NEILL"],
    ['Müller', 'Muller'],
    ['de la Cruz', 'De-La Cruz'],
    ['ﬁnn', 'Finn'],
  ])('%s and %s agree', (a, b) => {
    expect(normaliseName(a)).toBe(normaliseName(b));
  });

  it('Bengali vowel signs tell names apart', () => {
    expect(normaliseName('রিনা')).not.toBe(normaliseName('রানি'));
    expect(normaliseName('রিনা')).not.toBe('');
  });

  it('a name given only as text has no family name to agree by', () => {
    expect(nameParts([{ text: 'Grace Okafor' }])).toEqual({ families: [], givens: ['grace', 'okafor'] });
  });

  it('takes former and other names too', () => {
    expect(
      nameParts([
        { family: 'Smith', given: ['Grace Ada'] },
        { use: 'maiden', family: 'Okafor' },
      ]),
    ).toEqual({
      families: ['smith', 'okafor'],
      givens: ['grace', 'ada'],
    });
  });
});

describe('names as they are shown', () => {
  it.each([
    [{ family: 'Okafor', given: ['Grace', 'Ada'], prefix: ['Mrs'] }, 'OKAFOR, Grace Ada (Mrs)'],
    [{ family: 'Okafor' }, 'OKAFOR'],
    [{ given: ['Grace'] }, 'Grace'],
    [{ text: 'Grace Okafor' }, 'Grace Okafor'],
    [{}, ''],
  ])('%j is %s', (name, shown) => {
    expect(displayName(name)).toBe(shown);
  });
});
