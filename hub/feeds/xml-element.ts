/** One element of a document that was read: names without their namespace prefixes, text with its entities read. */
export interface XmlElement {
  name: string;
  attributes: ReadonlyMap<string, string>;
  /** In order: elements, and the text between them. */
  children: readonly (XmlElement | string)[];
}

/** The first child of this name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return childrenOf(element, name)[0];
}

/** All children of this name, in order; without a name, all child elements. */
export function childrenOf(element: XmlElement | undefined, name?: string): XmlElement[] {
  const elements = element?.children.filter((part) => typeof part !== 'string') ?? [];
  return name === undefined ? elements : elements.filter((part) => part.name === name);
}

/** The first element that a path of names leads to. */
export function at(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  let found = element;
  for (const name of path) found = child(found, name);
  return found;
}

/** An attribute without the space around it; undefined where it is missing or empty. */
export function attribute(element: XmlElement | undefined, name: string): string | undefined {
  const value = element?.attributes.get(name)?.trim();
  return value === '' ? undefined : value;
}

/** All text within, without the space around it; undefined where there is none. */
export function textOf(element: XmlElement | undefined): string | undefined {
  if (element === undefined) return undefined;
  const text = allText(element).trim();
  return text === '' ? undefined : text;
}

/** All text within on one line. */
export function lineOf(element: XmlElement | undefined): string | undefined {
  return textOf(element)?.replaceAll(/\s+/g, ' ');
}

function allText(element: XmlElement): string {
  return element.children.map((part) => (typeof part === 'string' ? part : allText(part))).join('');
}
