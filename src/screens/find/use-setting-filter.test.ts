import { expect, test } from 'vitest';
import { hiddenSettings } from './use-setting-filter.ts';

test('an address without the parameter hides nothing', () => {
  expect([...hiddenSettings(null)]).toEqual([]);
  expect([...hiddenSettings('')]).toEqual([]);
});

test('words that are no setting hide nothing', () => {
  expect([...hiddenSettings('gp,nonsense,,social-care')]).toEqual(['gp', 'social-care']);
});
