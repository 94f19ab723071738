import type { XmlElement } from '../xml-element.ts';

/** Elements of CDA's narrative that begin a line of their own. */
const blocks = new Set(['paragraph', 'list', 'item', 'table', 'caption', 'tr', 'thead', 'tbody', 'tfoot']);

/** A section's narrative as lines; cells of a table are parted by a bar, an empty line is a gap that was meant. */
export function narrativeLines(text: XmlElement): string[] {
  const lines = wordsOf(text)
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').replace(/^[ |]+|[ |]+$/g, ''));
  const kept = lines.filter((line, index) => line !== '' || (index > 0 && lines[index - 1] !== ''));
  while (kept.at(-1) === '') kept.pop();
  return kept[0] === '' ? kept.slice(1) : kept;
}

function wordsOf(element: XmlElement): string {
  return element.children
    .map((part) => {
      // Line ends of the file are no line ends of the text.
      if (typeof part === 'string') return part.replaceAll(/\s+/g, ' ');
      if (part.name === 'br') return '\n';
      if (part.name === 'renderMultiMedia') return '[a picture or file that is not shown here]';
      const words = wordsOf(part);
      if (part.name === 'td' || part.name === 'th') return `${words} | `;
      return blocks.has(part.name) ? `\n${words}\n` : words;
    })
    .join('');
}
