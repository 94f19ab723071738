import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Demographics } from './demographics.ts';
import { agrees, contradicts, decideByNumber, isSomebodyElse } from './match-rules.ts';

const known: Demographics = {
  nhsNumber: '9990000018',
  verification: '01',
  birthDate: '1948-03-12',
  families: ['okafor'],
  givens: ['grace', 'ada'],
};
const by = (changes: Partial<Demographics>): Demographics => ({ ...known, ...changes });
const decide = (incoming: Demographics, ...statements: Demographics[]) =>
  decideByNumber(incoming, [{ person: 'p1', statements }]);

describe('whether one NHS number means one person', () => {
  it.each<[string, Partial<Demographics>, Partial<Demographics>]>([
    ['the same verified number, name and birth date', {}, {}],
    ['a number stated without a status', { verification: undefined }, {}],
    ['a married name, the given name staying', { families: ['smith'] }, {}],
    ['a nickname, the family name staying', { givens: ['gracie'] }, {}],
    ['family and given name swapped', { families: ['grace'], givens: ['okafor'] }, {}],
    ['an unconfirmed number with birth date and family name', { verification: '02', givens: [] }, {}],
    ['a confirmed number met by an unconfirmed one, family name agreeing', {}, { verification: '03' }],
    ['a number verified by both, the name in two scripts', { families: ['রহমান'], givens: ['আয়েশা'] }, {}],
  ])('joins: %s', (_what, incoming, before) => {
    expect(decide(by(incoming), by(before))).toEqual({ person: 'p1', conflicts: [] });
  });

  it.each<[string, Partial<Demographics>, Partial<Demographics>, string]>([
    ['another birth date', { birthDate: '1948-03-13' }, {}, 'contradiction'],
    ['no part of the name', { families: ['lund'], givens: ['per'] }, {}, 'contradiction'],
    ['a birth date that is missing', { birthDate: undefined }, {}, 'unconfirmed-number'],
    ['a birth date known only by year', { birthDate: '1948' }, {}, 'unconfirmed-number'],
    ['no name at all', { families: [], givens: [] }, {}, 'unconfirmed-number'],
    ['only an initial in common', { families: ['l'], givens: ['g'] }, { givens: ['g'] }, 'unconfirmed-number'],
    [
      'names in two scripts where one side did not verify the number',
      { verification: undefined, families: ['রহমান'], givens: [] },
      {},
      'unconfirmed-number',
    ],
    [
      'names in two scripts and another birth date',
      { birthDate: '1948-03-13', families: ['রহমান'], givens: [] },
      {},
      'contradiction',
    ],
    ['another name beside one in another script', { families: ['রহমান', 'lund'], givens: [] }, {}, 'contradiction'],
    ['an unconfirmed number and a given name only', { verification: '02', families: [] }, {}, 'unconfirmed-number'],
    [
      'an unconfirmed number and another family name',
      { verification: '02', families: ['lund'] },
      {},
      'unconfirmed-number',
    ],
    [
      'an unconfirmed number alone',
      { verification: '02', birthDate: undefined, families: [], givens: [] },
      {},
      'unconfirmed-number',
    ],
    [
      'what is known stands on an unconfirmed number, family names differing',
      { families: ['lund'] },
      { verification: '04' },
      'unconfirmed-number',
    ],
  ])('does not join, and says so: %s', (_what, incoming, before, kind) => {
    const decision = decide(by(incoming), by(before));
    expect(decision.person).toBeUndefined();
    expect(decision.conflicts.map((conflict) => [conflict.kind, conflict.other])).toEqual([[kind, 'p1']]);
  });

  it('leaves it to a human when two people agree with one number', () => {
    const decision = decideByNumber(known, [
      { person: 'p1', statements: [known] },
      { person: 'p2', statements: [known] },
    ]);
    expect(decision.person).toBeUndefined();
    expect(decision.conflicts.map(({ kind, other }) => [kind, other])).toEqual([
      ['ambiguous-number', 'p1'],
      ['ambiguous-number', 'p2'],
    ]);
  });

  it('takes the one of two people who agrees', () => {
    const other = by({ birthDate: '2001-01-01', families: ['lund'], givens: ['per'] });
    const decision = decideByNumber(known, [
      { person: 'p1', statements: [other] },
      { person: 'p2', statements: [known] },
    ]);
    expect(decision).toEqual({ person: 'p2', conflicts: [] });
  });

  it('a name of one Chinese character is a whole name', () => {
    expect(agrees(by({ families: ['李'], givens: [] }), by({ families: ['李'], givens: [] }))).toBe(true);
    expect(contradicts(by({ families: ['李'], givens: [] }), by({ families: ['王'], givens: [] }))).toBe(true);
  });

  it('a local id is somebody else only when birth date and name both are', () => {
    expect(isSomebodyElse(known, by({ birthDate: '1990-01-01', families: ['lund'], givens: ['per'] }))).toBe(true);
    expect(isSomebodyElse(known, by({ birthDate: '1990-01-01', families: ['রহমান'], givens: [] }))).toBe(true);
    expect(isSomebodyElse(known, by({ birthDate: '1990-01-01' }))).toBe(false);
    expect(isSomebodyElse(known, by({ families: ['lund'], givens: ['per'] }))).toBe(false);
    expect(isSomebodyElse(known, by({ birthDate: '1948', families: ['lund'], givens: ['per'] }))).toBe(false);
  });
});

const statement = fc.record<Demographics>({
  nhsNumber: fc.constant('9990000018'),
  verification: fc.constantFrom(undefined, '01', '02', '03', '04', '05', '06', '07', '08'),
  birthDate: fc.constantFrom(undefined, '1948', '1948-03', '1948-03-12', '1948-03-13'),
  families: fc.subarray(['okafor', 'lund', 'g']),
  givens: fc.subarray(['grace', 'per', 'g']),
});

describe('for all statements', () => {
  it('agreement needs one whole birth date in both, and never goes with a contradiction of it', () => {
    fc.assert(
      fc.property(statement, statement, (a, b) => {
        if (!agrees(a, b)) return;
        expect(a.birthDate).toBe(b.birthDate);
        expect(a.birthDate).toHaveLength(10);
        expect(a.families.length + a.givens.length).toBeGreaterThan(0);
      }),
    );
  });

  it('the answer is the same, whichever of two statements came first', () => {
    fc.assert(
      fc.property(statement, statement, (a, b) => {
        expect(agrees(a, b)).toBe(agrees(b, a));
        expect(contradicts(a, b)).toBe(contradicts(b, a));
      }),
    );
  });

  it('an unconfirmed number never joins without the family name', () => {
    fc.assert(
      fc.property(statement, statement, (a, b) => {
        const joined = agrees({ ...a, verification: '02' }, b);
        const shareFamily = a.families.some((family) => b.families.includes(family));
        return !joined || shareFamily;
      }),
    );
    expect(agrees(known, by({ verification: '02' }))).toBe(true);
  });
});
