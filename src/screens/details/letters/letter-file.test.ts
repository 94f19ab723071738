import { expect, test } from 'vitest';
import { isUnstated, letterFile, letterType, sizeAndType, sizeWords } from './letter-file.ts';

const base64 = (bytes: string) => btoa(bytes);

test.each([
  ['application/pdf', 'PDF · size not stated'],
  ['text/plain; charset=utf-8', 'Text · size not stated'],
  ['image/tiff', 'Scan (TIFF) · size not stated'],
  ['application/x-odd', 'File (application/x-odd) · size not stated'],
  [undefined, 'Type not stated · size not stated'],
])('before it is opened, %s is told as “%s”', (contentType, words) => {
  expect(sizeAndType(contentType === undefined ? {} : { contentType })).toBe(words);
});

test('the size is the stated one, or what was sent with the letter itself', () => {
  expect(sizeAndType({ contentType: 'application/pdf', size: 2_202_010 })).toBe('PDF · 2.1 MB');
  expect(sizeAndType({ contentType: 'text/plain', data: base64('Twelve bytes') })).toBe('Text · 12 bytes');
  expect([sizeWords(1023), sizeWords(1024), sizeWords(49_152)]).toEqual(['1023 bytes', '1 KB', '48 KB']);
});

test.each([
  ['%PDF-1.7\n', 'pdf'],
  ['\x89PNG\r\n\x1a\n', 'image'],
  ['\xff\xd8\xff\xe0', 'image'],
  ['{\\rtf1', 'file'],
  ['PK\x03\x04', 'file'],
])('where nobody states a type the first bytes tell it: %j is shown as %s', (bytes, kind) => {
  expect(letterFile(base64(bytes), undefined)?.kind).toBe(kind);
  expect(letterFile(base64(bytes), 'application/octet-stream')?.kind).toBe(kind);
});

test('a stated type is taken at its word: text that begins like a PDF stays text', () => {
  expect(letterFile(base64('%PDF-1.7'), 'text/plain')?.kind).toBe('text');
  expect(isUnstated('text/plain')).toBe(false);
});

test('rich text and drawings are handed on as files, never read as markup', () => {
  for (const type of ['text/rtf', 'application/rtf', 'image/svg+xml', 'application/zip']) {
    expect(letterType(type).kind).toBe('file');
  }
});

test('base64 broken over lines is whole; damaged base64 is no file', () => {
  expect(letterFile('VHdl\r\nbHZl', 'text/plain')?.bytes.length).toBe(6);
  for (const damaged of ['%%%', 'A']) expect(letterFile(damaged, 'text/plain')).toBeUndefined();
});
