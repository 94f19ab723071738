import { afterEach, beforeEach, expect, test } from 'vitest';
import { thisTab } from './tab.ts';

let before: string;
beforeEach(() => {
  before = window.location.href;
});
afterEach(() => history.replaceState(null, '', before));

test("the hub's answer leaves the address at once: no reload offers its code again, and no link carries it on", () => {
  history.replaceState(null, '', '/callback?code=spent-once&state=of-this-tab&iss=https%3A%2F%2Fhub.example');
  thisTab().rename('/callback');
  expect(window.location.pathname + window.location.search).toBe('/callback');
});

test('a reload of the timeline keeps its filters in the address and its search in the history', () => {
  history.replaceState({ find: 'kept' }, '', '/timeline?setting=gp');
  thisTab().rename('/timeline');
  expect(window.location.search).toBe('?setting=gp');
  expect(history.state).toEqual({ find: 'kept' });
});
