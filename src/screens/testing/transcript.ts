import { utils } from 'vitest/browser';

/**
 * What a screen reader comes by, in order: roles, names and states as the accessibility tree has them, one line each, and
 * of a feed's articles which of how many. Only what is read aloud stands in it; what is hidden from it does not.
 */
export function transcript(root: Element = document.body): string {
  const places = [...root.querySelectorAll('article[aria-posinset]')].map(
    (article) => `${article.getAttribute('aria-posinset') ?? '?'} of ${article.getAttribute('aria-setsize') ?? '?'}`,
  );
  const tree = utils.aria.renderAriaTree(utils.aria.generateAriaTree(root));
  const read = tree.replace(/\n *- \/url: .*/g, '');
  return `${read.replace(/- article\b/g, () => `- article ${places.shift() ?? 'of no feed'}`).trim()}\n`;
}
