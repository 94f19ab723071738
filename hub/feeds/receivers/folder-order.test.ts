import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder, isSent } from './folder-order.ts';

describe('the files of a folder', () => {
  it('are taken set by set, and within a set codes, staff and places before what refers to them', () => {
    const day = (date: string, table: string) => `29_${table}_${date}_A1B2.csv`;
    const expected = [
      day('20261101', 'Coding_ClinicalCode'),
      day('20261101', 'Admin_Organisation'),
      day('20261101', 'Admin_UserInRole'),
      day('20261101', 'Admin_Patient'),
      day('20261101', 'CareRecord_Consultation'),
      day('20261102', 'Coding_DrugCode'),
      day('20261102', 'CareRecord_Observation'),
      'council-2026-11-03.csv',
    ];
    expect(inOrder(expected.toReversed())).toEqual(expected);
  });

  it('come in one order, in whatever order the drive lists them', () => {
    const name = fc.stringMatching(/^[0-9A-Za-z_.-]{1,30}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 12 }), (names) => {
        expect(inOrder(names.toReversed())).toEqual(inOrder(names));
        expect(inOrder(names).toSorted()).toEqual(names.toSorted());
      }),
    );
  });

  it('are not those that are still being written, or that nobody sent', () => {
    for (const name of ['a.csv.part', 'a.csv.TMP', 'a.filepart', '.a.csv.swp', '.DS_Store', 'a.csv~']) {
      expect(isSent(name), name).toBe(false);
    }
    for (const name of ['a.csv', 'a.csv.gz', 'part.csv', 'a.partner.csv']) expect(isSent(name), name).toBe(true);
  });
});
