import { describe, expect, it } from 'vitest';
import { afterColon, count, inWords, phrases, titled } from './words.ts';

describe('abbreviations become words (look.md)', () => {
  it.each([
    ['Seen in ED', 'Seen in emergency department'],
    ['ED attendance', 'emergency department attendance'],
    ['Referred by OOH', 'Referred by out of hours'],
    ['DNA first visit', 'did not attend first visit'],
    ['MCA completed', 'Mental Capacity Act completed'],
    ['DoLS authorised', 'Deprivation of Liberty Safeguards authorised'],
    ['POC restarted', 'package of care restarted'],
    ['TTO given', 'medicines to take home given'],
    ['Hx of falls', 'history of falls'],
    ['NFA - Support declined', 'no further action - Support declined'],
  ])('%s → %s', (short, long) => {
    expect(inWords(short)).toBe(long);
  });

  it.each(['DNACPR in place', 'DNA test', 'MCA infarct', 'POC glucose', 'ED: erectile dysfunction', 'reduced', 'HxA'])(
    '%s means something else and stays',
    (phrase) => {
      expect(inWords(phrase)).toBe(phrase);
    },
  );
});

describe('a reason after its kind', () => {
  it.each([
    ['Cough', 'cough'],
    ['COPD', 'COPD'],
    ["Parkinson's disease", "Parkinson's disease"],
    ['Down syndrome', 'Down syndrome'],
    ['Type 2 diabetes', 'type 2 diabetes'],
    ['X-ray of chest', 'X-ray of chest'],
    ['B12 deficiency', 'B12 deficiency'],
    ['no evidence of fracture', 'no evidence of fracture'],
    ['A', 'A'],
    ['Sudden Cardiac Death', 'Sudden Cardiac Death'],
  ])('%s → %s', (reason, shown) => {
    expect(afterColon(reason)).toBe(shown);
  });

  it('stands behind the kind, or the kind stands alone', () => {
    expect(titled('GP consultation', 'Cough')).toBe('GP consultation: cough');
    expect(titled('GP consultation', undefined)).toBe('GP consultation');
  });
});

it('phrases are said once and counts agree with their noun', () => {
  expect(phrases('Ward', undefined, '', 'ward', 'Home')).toEqual(['Ward', 'Home']);
  expect(count(1, 'night')).toBe('1 night');
  expect(count(0, 'entry', 'entries')).toBe('0 entries');
});
