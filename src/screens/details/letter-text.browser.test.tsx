import { expect, test } from 'vitest';
import { letterText } from './letter-text.ts';

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

test('plain text comes through whole, accents and all', () => {
  expect(letterText(base64('Zoë: no evidence of\nfracture.'), 'text/plain; charset=utf-8')).toEqual({
    kind: 'text',
    words: 'Zoë: no evidence of\nfracture.',
  });
});

test('a letter in HTML becomes its words; nothing in it runs or is fetched', () => {
  const markup =
    '<p>Dear Dr Okafor,</p><script>window.leaked = true</script><p>No evidence<br>of fracture.</p><img src=x onerror="window.leaked=true">';
  const { words } = letterText(base64(markup), 'text/html');
  expect(words).toContain('Dear Dr Okafor,');
  expect(words).toMatch(/No evidence\s+of fracture\./);
  expect(words).not.toContain('leaked');
  expect((window as { leaked?: boolean }).leaked).toBeUndefined();
});

test.each([
  ['application/pdf', 'This letter is a PDF and cannot be shown here. Read it in the source system.'],
  ['image/png', 'This letter is a picture and cannot be shown here. Read it in the source system.'],
])('%s is said to be in the source system', (type, words) => {
  expect(letterText('AAAA', type)).toEqual({ kind: 'unreadable', words });
});

test.each(['%%%', base64('x').slice(0, 1)])('damaged base64 (%s) is said, not shown as an empty letter', (data) => {
  expect(letterText(data, 'text/plain')).toMatchObject({ kind: 'unreadable' });
});

test('bytes that are no text of the stated kind are said to be damaged', () => {
  expect(letterText(btoa('\xff\xfe\xfd'), 'text/plain')).toMatchObject({ kind: 'unreadable' });
});

test('a letter without a word says so', () => {
  expect(letterText(base64('  \n '), 'text/plain').words).toBe('This letter was sent without any text.');
});
