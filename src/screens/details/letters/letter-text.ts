import { inertDocument } from '../../../ui/trusted-types.ts';
import type { LetterFile } from './letter-file.ts';

/**
 * The characters of a letter that is text, by its stated charset, else the one its own markup declares, else UTF-8.
 * Undefined where the bytes are not text in that charset: a wrong guess would put wrong characters into a dose.
 */
export function decodedText({ bytes, charset, kind }: LetterFile): string | undefined {
  try {
    const declared = kind === 'text' ? undefined : declaredCharset(bytes);
    return new TextDecoder(charset ?? declared ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The words of markup, its paragraphs and cells kept apart; nothing in it runs or is fetched. */
export function wordsOfMarkup(markup: string): string {
  const page = inertDocument(markup, 'text/html');
  for (const unseen of page.querySelectorAll('script, style, head')) unseen.remove();
  for (const end of page.querySelectorAll('br, p, div, li, tr, h1, h2, h3, h4')) end.append('\n');
  for (const lineBreak of page.querySelectorAll('br')) lineBreak.replaceWith('\n');
  for (const cell of page.querySelectorAll('td, th')) cell.append('\t');
  return (page.body.textContent ?? '').replace(/[ \t]+\n/g, '\n').replace(/\n{3,}/g, '\n\n');
}

/** `<?xml encoding="…"?>` or `<meta charset>`, which stand within the first kilobyte in plain letters. */
function declaredCharset(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 1024));
  return /(?:<\?xml[^>]*\bencoding|<meta[^>]*\bcharset)\s*=\s*["']?([\w-]+)/i.exec(head)?.[1];
}
