import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerFrom } from './answer-from.ts';

const origin = 'https://timeline.example';
const files = ['/', '/assets/index-a1.js', '/assets/index-a1.css'];
const from = (path: string, mode: RequestMode = 'cors', method = 'GET') =>
  answerFrom({ method, mode, url: new URL(path, origin).href }, origin, files);

describe('what the installed app answers by itself', () => {
  it('are its own files, by their exact names', () => {
    expect(from('/assets/index-a1.js', 'no-cors')).toBe('kept');
    expect(from('/assets/index-a1.js?x=1', 'no-cors')).toBe('network');
    expect(from('/assets/another.js', 'no-cors')).toBe('network');
    expect(from('/assets/index-a1.js', 'no-cors', 'POST')).toBe('network');
    expect(from('https://elsewhere.example/assets/index-a1.js', 'no-cors')).toBe('network');
  });

  it.each(['/', '/timeline', '/launch?iss=x&launch=y', '/callback?code=a&state=b'])(
    'is, without a network, the empty page for a visit to %s',
    (path) => {
      expect(from(path, 'navigate')).toBe('page');
    },
  );

  it.each([
    '/config.json',
    '/sw.js',
    '/manifest.webmanifest',
    '/healthz',
    '/fhir',
    '/fhir/Patient/1',
    '/oauth/token',
    '/feeds/emis',
  ])('is never %s', (path) => {
    expect(from(path)).toBe('network');
  });

  it('is nothing of the hub, however it is asked for: not a record, not a sign-on, not a feed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('fhir', 'oauth', 'feeds'),
        fc.webPath(),
        fc.webQueryParameters(),
        fc.constantFrom<RequestMode>('cors', 'navigate', 'no-cors', 'same-origin'),
        (part, path, query, mode) => {
          const url = new URL(`/${part}${path}?${query}`, origin);
          // A path of dots may climb out of its folder; then it is no longer the hub's.
          fc.pre(url.pathname.startsWith(`/${part}`));
          expect(answerFrom({ method: 'GET', mode, url: url.href }, origin, files)).toBe('network');
        },
      ),
    );
  });
});
