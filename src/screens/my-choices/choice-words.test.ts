import { describe, expect, it } from 'vitest';
import { whatFollows, whatWords, whomWords } from './choice-words.ts';

const names = new Map([
  ['RKE', 'Whittington Health'],
  ['Encounter/a', 'Outpatient visit, 12-Mar-2024'],
]);

describe('A choice in words', () => {
  it('says what is kept back and from whom', () => {
    expect([whatWords({}, names), whomWords({}, names)]).toEqual(['Your whole record', 'everybody']);
    expect(whatWords({ kind: 'mental', fromSource: 'emis' }, names)).toBe('Mental health, in GP records');
    expect(whatWords({ fromSource: 'liquidlogic' }, names)).toBe('Social care records');
    expect(whatWords({ items: ['Encounter/a', 'Encounter/b'] }, names)).toBe(
      'Outpatient visit, 12-Mar-2024, One entry',
    );
    expect(whomWords({ toOrganisation: 'RKE' }, names)).toBe('Whittington Health');
    expect(whomWords({ toOrganisation: 'RRV' }, names)).toBe('organisation RRV');
  });

  it('says before it is made what a whole opt-out costs, and that an emergency opens it', () => {
    expect(whatFollows({}).join(' ')).toMatch(/no allergies.*emergency.*you are told.*undo/);
    expect(whatFollows({ toOrganisation: 'RKE' })[0]).toMatch(/no allergies/);
    expect(whatFollows({ kind: 'social' })[0]).toBe('They are told that something is kept back, not what.');
    expect(whatFollows({ items: ['Encounter/a'] })[1]).toMatch(/Letters, results and bookings/);
  });
});
