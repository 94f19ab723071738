import DOMPurify from 'dompurify';
import { inertDocument } from '../../../ui/trusted-types.ts';

/**
 * A letter in HTML or XHTML as nodes that can stand in the page: headings, paragraphs, lists and tables, the pictures it
 * carries within itself, and nothing that runs, styles, leads elsewhere or fetches. What cannot be kept and would say something
 * (a struck-out word, a ticked box, an address behind a word, a picture kept elsewhere) is put into words first, so that
 * nothing is lost in silence (T3). Undefined where this browser cannot sanitise.
 */
export function sanitisedLetter(markup: string, type: string): DocumentFragment | undefined {
  if (!DOMPurify.isSupported) return undefined;
  const body = parsed(markup, type);
  sayWhatWouldBeLost(body);
  const kept = DOMPurify.sanitize(body.innerHTML, {
    ALLOWED_TAGS: keptElements,
    ALLOWED_ATTR: ['alt', 'colspan', 'dir', 'lang', 'rowspan', 'scope', 'src', 'start'],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
  settleHeadings(kept);
  for (const head of kept.querySelectorAll('th:not([scope])')) {
    // What a row or column is about, said to who cannot see where it stands.
    head.setAttribute('scope', head.closest('tr')?.querySelector('td') === null ? 'col' : 'row');
  }
  for (const picture of kept.querySelectorAll('img')) {
    picture.alt = picture.alt === '' ? 'Picture in the letter, without a description' : picture.alt;
  }
  return kept;
}

const keptElements = (
  'abbr b blockquote br caption cite code col colgroup dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li ol p pre q s ' +
  'samp small span strong sub sup table tbody td tfoot th thead tr u ul var #text'
).split(' ');

/** XHTML by its own rules, since HTML's read `<p/>` otherwise; what is not well-formed is read as HTML. */
function parsed(markup: string, type: string): HTMLElement {
  if (type === 'application/xhtml+xml') {
    const page = inertDocument(markup, 'application/xhtml+xml');
    const own = page.getElementsByTagNameNS('http://www.w3.org/1999/xhtml', 'body')[0];
    if (page.querySelector('parsererror') === null && own !== undefined) {
      const inert = document.implementation.createHTMLDocument('');
      inert.body.append(...[...own.childNodes].map((node) => inert.importNode(node, true)));
      return inert.body;
    }
  }
  return inertDocument(markup, 'text/html').body;
}

/** Pictures that a letter carries within itself: nothing has to be fetched for them. */
const ownPicture = /^data:image\/(?:png|jpeg|gif);base64,/i;

function sayWhatWouldBeLost(body: HTMLElement): void {
  for (const part of body.querySelectorAll<HTMLElement>('strike, [style*="line-through" i]')) {
    const struck = body.ownerDocument.createElement('del');
    struck.append(...part.childNodes);
    if (part.localName === 'strike') part.replaceWith(struck);
    else part.append(struck);
  }
  for (const link of body.querySelectorAll('a[href], area[href]')) {
    const address = link.getAttribute('href') ?? '';
    const said = link.textContent ?? '';
    if (/^(?:https?|mailto|tel):/i.test(address) && !said.includes(address.replace(/^[a-z]+:/i, ''))) {
      link.append(` (${address.replace(/^(?:mailto|tel):/i, '')})`);
    }
  }
  for (const picture of body.querySelectorAll('img, image')) {
    if (ownPicture.test(picture.getAttribute('src') ?? '')) continue;
    const described = picture.getAttribute('alt')?.trim() ?? '';
    picture.replaceWith(`[Picture not shown${described === '' ? '' : `: ${described}`}]`);
  }
  for (const control of body.querySelectorAll('input, select, textarea')) control.replaceWith(controlWords(control));
  for (const other of body.querySelectorAll('svg, math, object, embed, iframe, video, audio, canvas')) {
    other.replaceWith('[Embedded part not shown]');
  }
}

function controlWords(control: Element): string {
  if (control.localName === 'select') {
    const chosen = [...control.querySelectorAll('option[selected]')].map((option) => option.textContent);
    return ` [chosen: ${chosen.join(', ') || 'nothing'}] `;
  }
  if (control.localName === 'textarea') return ` ${control.textContent ?? ''} `;
  const type = control.getAttribute('type')?.toLowerCase() ?? 'text';
  if (type === 'checkbox' || type === 'radio') return control.hasAttribute('checked') ? '[ticked] ' : '[not ticked] ';
  return type === 'hidden' ? '' : ` ${control.getAttribute('value') ?? ''} `;
}

/** The letter stands under a heading of the third level: its own begin at the fourth and skip none. */
function settleHeadings(letter: DocumentFragment): void {
  const headings = [...letter.querySelectorAll('h1, h2, h3, h4, h5, h6')];
  const levels = [...new Set(headings.map(({ localName }) => localName))].sort();
  let last = 3;
  for (const heading of headings) {
    const level = Math.min(4 + levels.indexOf(heading.localName), last + 1, 6);
    last = level;
    const settled = document.createElement(`h${level}`);
    settled.append(...heading.childNodes);
    heading.replaceWith(settled);
  }
}
