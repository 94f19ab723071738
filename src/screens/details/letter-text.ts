/** A letter as text, or why there is none to show. */
export interface LetterText {
  kind: 'text' | 'unreadable';
  words: string;
}

/**
 * The text of a letter from base64 and its content type. Plain text and HTML become text (markup is dropped, never run);
 * other kinds, and what cannot be decoded, are said to be in the source system.
 */
export function letterText(base64: string, contentType: string | undefined): LetterText {
  const [type = '', ...parameters] = (contentType ?? 'text/plain')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  if (!/^(?:text\/|application\/xhtml)/.test(type)) {
    return unreadable(`This letter is a ${kindName(type)} and cannot be shown here. Read it in the source system.`);
  }
  const charset = parameters.find((part) => part.startsWith('charset='))?.slice('charset='.length) ?? 'utf-8';
  let text: string;
  try {
    const bytes = Uint8Array.from(atob(base64.replace(/\s/g, '')), (letter) => letter.charCodeAt(0));
    text = new TextDecoder(charset.replace(/"/g, ''), { fatal: true }).decode(bytes);
  } catch {
    return unreadable('This letter was damaged on its way and cannot be shown. Read it in the source system.');
  }
  const words = type === 'text/plain' || type === 'text/markdown' ? text : textOfHtml(text);
  return words.trim() === ''
    ? unreadable('This letter was sent without any text.')
    : { kind: 'text', words: words.trim() };
}

function unreadable(words: string): LetterText {
  return { kind: 'unreadable', words };
}

function kindName(type: string): string {
  if (type === 'application/pdf') return 'PDF';
  return type.startsWith('image/') ? 'picture' : `file of type ${type === '' ? 'unknown' : type}`;
}

/** Reads markup without running or fetching anything of it, and keeps its paragraphs. */
function textOfHtml(markup: string): string {
  const page = new DOMParser().parseFromString(markup, 'text/html');
  for (const unseen of page.querySelectorAll('script, style, head')) unseen.remove();
  for (const end of page.querySelectorAll('br, p, div, li, tr, h1, h2, h3, h4')) end.append('\n');
  for (const lineBreak of page.querySelectorAll('br')) lineBreak.replaceWith('\n');
  for (const cell of page.querySelectorAll('td, th')) cell.append('\t');
  return (page.body.textContent ?? '').replace(/[ \t]+\n/g, '\n').replace(/\n{3,}/g, '\n\n');
}
