import { expect, test } from 'vitest';
import { inertDocument, isOwnScript } from './trusted-types.ts';

test.each(['/sw.js', '/assets/pdf-6/pdf.worker.min.mjs', `${location.origin}/assets/index-1.js`])(
  'a worker is started from the app’s own file %s',
  (address) => {
    expect(isOwnScript(address)).toBe(true);
  },
);

test.each([
  'https://evil.example/assets/a.js',
  '//evil.example/sw.js',
  'data:text/javascript,alert(1)',
  `blob:${location.origin}/assets/0`,
  '/fhir/Binary/1',
  '/assets/../fhir/Binary/1',
  '/sw.js/../config.json',
  '\\\\evil.example\\assets\\a.js',
  'http://[',
])('and from nothing else: %s', (address) => {
  expect(isOwnScript(address)).toBe(false);
});

test('markup becomes a document in which nothing runs and nothing is fetched', async () => {
  const page = inertDocument(
    '<p>Seen</p><img src="/never" onerror="window.ran = 1"><script>window.ran = 2</script>',
    'text/html',
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(page.querySelector('p')?.textContent).toBe('Seen');
  expect(page.defaultView).toBeNull();
  expect('ran' in window).toBe(false);
});
