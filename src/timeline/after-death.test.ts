import type { Patient } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { afterDeath, sayWhatFollowsDeath } from './after-death.ts';
import type { Entry, Kind, State } from './entry.ts';
import { parsePartialDate } from '../../fhir/partial-date.ts';

const died: Patient = { resourceType: 'Patient', deceasedDateTime: '2026-03-10' };

function entry(start: string | undefined, state: State = 'closed', kind: Kind = 'visit'): Entry {
  return {
    key: `Encounter/${start ?? 'undated'}`,
    kind,
    lane: 'hospital',
    state,
    title: 'Visit',
    detail: [],
    facts: [],
    cautions: [],
    start: parsePartialDate(start),
    end: undefined,
    lasting: false,
    moves: [],
    children: [],
    statements: [],
  };
}

const marked = (entries: Entry[], patient: Patient | undefined = died) =>
  sayWhatFollowsDeath(entries, patient).map(({ cautions }) => cautions.includes(afterDeath));

describe('what stands after a death (misreading 19)', () => {
  it('is marked when it begins on a later day, also on one source’s word', () => {
    expect(marked([entry('2026-03-09'), entry('2026-03-10T23:00:00Z'), entry('2026-03-11T09:00:00Z')])).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('is marked when it is planned or still open', () => {
    expect(marked([entry('2026-05-01', 'planned', 'booking'), entry('2026-01-01', 'open', 'package')])).toEqual([
      true,
      true,
    ]);
  });

  it('is not marked when it was cancelled or missed, nor a letter or result written later', () => {
    const later = '2026-04-01';
    const kinds = [
      entry(later, 'cancelled'),
      entry(later, 'missed'),
      entry(later, 'closed', 'letter'),
      entry(later, 'closed', 'results'),
    ];
    expect(marked(kinds)).toEqual([false, false, false, false]);
  });

  it('leaves a death told to the minute a day for what was written around it', () => {
    const patient: Patient = { ...died, deceasedDateTime: '2026-03-10T04:00:00Z' };
    expect(marked([entry('2026-03-10T06:00:00Z'), entry('2026-03-12')], patient)).toEqual([false, true]);
  });

  it('marks nothing of the living, of a death without a date, and drops nothing', () => {
    expect(marked([entry('2026-05-01')], { resourceType: 'Patient' })).toEqual([false]);
    expect(marked([entry('2026-05-01')], { resourceType: 'Patient', deceasedBoolean: true })).toEqual([false]);
    expect(marked([entry(undefined)])).toEqual([false]);
  });
});
