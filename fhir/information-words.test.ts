import { expect, it } from 'vitest';
import { informationOf } from './information-words.ts';

it('what was read is told as kinds of information, each once and in one order, and never left out for want of a word', () => {
  expect(informationOf(['Flag', 'Observation', 'Encounter', 'DiagnosticReport'])).toEqual([
    'visits and stays',
    'results and readings',
    'alerts',
  ]);
  expect(informationOf(['Claim', 'Consent'])).toEqual(['consents', 'Claim']);
  expect(informationOf([])).toEqual([]);
});
