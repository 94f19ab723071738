import type { Coding, Condition } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { actCode, confidentiality } from '../../fhir/systems.ts';
import { allBits, deletedBit, hiddenBits, labelBits, legalRestriction, maskOf } from './labels.ts';

const labelled = (...security: Coding[]): Condition => ({
  resourceType: 'Condition',
  subject: { reference: 'Patient/1' },
  meta: { security },
});
const mask = (system: string | undefined, code: string | undefined) => maskOf(labelled({ system, code }));

describe('Security labels', () => {
  test.each(['N', 'M', 'L', 'U'])('confidentiality %s restricts nothing', (code) => {
    expect(mask(confidentiality, code)).toBe(0);
  });

  test('a resource without labels, or without meta, is unlabelled', () => {
    expect(maskOf(labelled())).toBe(0);
    expect(maskOf({})).toBe(0);
  });

  test.each([
    [confidentiality, 'R'],
    [actCode, 'ETH'],
    [actCode, 'PSY'],
    [actCode, 'STD'],
    [actCode, 'SEX'],
    [actCode, 'HIV'],
    [actCode, 'SDV'],
    [actCode, 'NOPAT'],
  ])('%s %s is withheld with a notice', (system, code) => {
    expect(mask(system, code) & ~hiddenBits).not.toBe(0);
    expect(mask(system, code) & hiddenBits).toBe(0);
  });

  test.each([
    [confidentiality, 'V'],
    [legalRestriction, 'HFEA'],
    [legalRestriction, 'GRA'],
    [legalRestriction, 'a law of tomorrow'],
    [legalRestriction, undefined],
  ])('%s %s is withheld without a word', (system, code) => {
    expect(mask(system, code) & hiddenBits).not.toBe(0);
    expect(mask(system, code) & ~hiddenBits).toBe(0);
  });

  test.each([
    ['https://example.org/labels', 'X'],
    [undefined, 'N'],
    [confidentiality, undefined],
    [confidentiality, 'n'],
    [actCode, 'NEW'],
    [undefined, undefined],
    ['', ''],
  ])('a label nobody here knows (%s %s) is withheld, never let through', (system, code) => {
    expect(mask(system, code)).toBe(labelBits.other);
  });

  test('labels add up, and Normal beside one takes none away', () => {
    const both = maskOf(labelled({ system: actCode, code: 'PSY' }, { system: confidentiality, code: 'N' }));
    expect(both).toBe(labelBits.mental);
    expect(maskOf(labelled({ system: actCode, code: 'PSY' }, { system: confidentiality, code: 'V' }))).toBe(
      labelBits.mental | labelBits.veryRestricted,
    );
  });

  test('a label on something contained counts for the whole', () => {
    const outer: Condition = { ...labelled(), contained: [labelled({ system: confidentiality, code: 'R' })] };
    expect(maskOf(outer)).toBe(labelBits.restricted);
  });

  test('every label has a bit of its own, and none is the sign or a deletion', () => {
    const bits = Object.values(labelBits);
    const every = bits.reduce((sum, bit) => sum | bit, 0);
    expect(bits.reduce((sum, bit) => sum + bit, 0)).toBe(every);
    expect(every & allBits).toBe(every);
    expect(every & deletedBit).toBe(0);
  });
});
