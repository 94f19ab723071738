import { expect, it } from 'vitest';
import { classOfWords } from './encounter-class.ts';

it('a contact has a class only where EMIS’s words for it leave no doubt', () => {
  const classes = Object.fromEntries(
    [
      'GP Surgery',
      'Telephone consultation',
      'Video consultation',
      'Home visit note',
      'Residential home visit note',
      'Face to face consultation',
      'Other',
      'Administration note',
      'Hospital inpatient report',
      'Telephone call from hospital report',
      'Out of hours home visit',
      'Externally Entered',
      'Did not attend surgery',
    ].map((words) => [words, classOfWords(words).code]),
  );
  expect(classes).toEqual({
    'GP Surgery': 'AMB',
    'Telephone consultation': 'VR',
    'Video consultation': 'VR',
    'Home visit note': 'HH',
    'Residential home visit note': 'HH',
    'Face to face consultation': 'AMB',
    Other: undefined,
    'Administration note': undefined,
    'Hospital inpatient report': undefined,
    'Telephone call from hospital report': undefined,
    'Out of hours home visit': undefined,
    'Externally Entered': undefined,
    'Did not attend surgery': undefined,
  });
  expect(classOfWords(undefined).extension?.[0]?.valueCode).toBe('unknown');
});
