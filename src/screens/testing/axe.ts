import axe from 'axe-core';

/** What axe finds against WCAG 2.2 A and AA and its own best practices, one line each; empty when clean. */
export async function axeProblems(root: Element | Document = document): Promise<string[]> {
  const { violations } = await axe.run(root, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    // What passes is not put into words: that takes longer than the looking.
    resultTypes: ['violations'],
    // A component alone is no page: landmarks and the page's heading are tested on the screen.
    rules: root === document ? {} : { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
  });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`));
}
