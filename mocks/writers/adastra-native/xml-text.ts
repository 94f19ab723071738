/** An element with what stands in it; nothing at all where there is nothing to say. */
export function element(name: string, content: string | undefined, attributes: Record<string, string> = {}): string {
  if (content === undefined) return '';
  const stated = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escaped(value).replaceAll('"', '&quot;')}"`,
  );
  return `<${name}${stated.join('')}>${content}</${name}>`;
}

/** Words as an element holds them. */
export function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
