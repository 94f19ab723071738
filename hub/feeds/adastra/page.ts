import type { Attachment } from 'fhir/r4';

/** One part of a text: a heading, and its lines. */
export interface PagePart {
  heading: string | undefined;
  lines: readonly string[];
}

/** A text as a page that is read in place: headings and paragraphs, nothing else, whatever the source's words hold. */
export function pageOf(title: string, parts: readonly PagePart[]): Pick<Attachment, 'contentType' | 'data' | 'size'> {
  const body = parts
    .filter(({ lines }) => lines.some((line) => line.trim() !== ''))
    .map(({ heading, lines }) => {
      const head = heading === undefined ? '' : `<h2>${escaped(heading)}</h2>`;
      return head + lines.map((line) => (line.trim() === '' ? '' : `<p>${escaped(line)}</p>`)).join('');
    })
    .join('');
  const page = `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>${escaped(title)}</title></head><body><h1>${escaped(title)}</h1>${body}</body></html>`;
  const bytes = Buffer.from(page, 'utf8');
  return { contentType: 'application/xhtml+xml', data: bytes.toString('base64'), size: bytes.length };
}

/** A text as its lines, without the spaces around them. */
export function linesOf(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(/\r\n|\r|\n/).map((line) => line.trim());
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
