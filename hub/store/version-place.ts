/** A resource's text cut where its version fields go: `head + fields + tail` is the whole. */
export interface VersionPlace {
  head: string;
  tail: string;
}

/**
 * Finds where `"versionId":"…","lastUpdated":"…"` goes in a resource's JSON text: at the front of its `meta`, which is
 * added at the end when it has none. The rest of the text stays as it came, to the character: parsing and writing it
 * again would turn a result of 7.10 into 7.1 (FHIR R4, decimal: precision is kept). Version fields that it already has
 * are taken out.
 * @throws when the text is not a JSON object, or its `meta` is not one
 */
export function versionPlace(content: string): VersionPlace {
  const resource: unknown = JSON.parse(content);
  if (!isObject(resource)) throw new Error('the content is not a JSON object');
  if (!Object.hasOwn(resource, 'meta')) {
    const close = content.lastIndexOf('}');
    const separator = Object.keys(resource).length === 0 ? '' : ',';
    return { head: `${content.slice(0, close)}${separator}"meta":{`, tail: `}${content.slice(close)}` };
  }
  const meta = resource['meta'];
  if (!isObject(meta)) throw new Error('the meta of the content is not a JSON object');
  const { start, end } = topLevelValue(content, 'meta');
  let rest = content.slice(start + 1, end);
  if (Object.hasOwn(meta, 'versionId') || Object.hasOwn(meta, 'lastUpdated')) {
    const { versionId: _version, lastUpdated: _updated, ...others } = meta;
    rest = JSON.stringify(others).slice(1);
  }
  const separator = rest.trimStart() === '}' ? '' : ',';
  return { head: content.slice(0, start + 1), tail: `${separator}${rest}${content.slice(end)}` };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Where the value of a member of the outermost object stands in valid JSON text: start and end offsets. Of a name
 * stated twice the last counts, as it does for a parser.
 */
function topLevelValue(text: string, name: string): { start: number; end: number } {
  let depth = 0;
  let found = { start: -1, end: -1 };
  let open = -1;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') {
      const close = stringEnd(text, at);
      const isName = depth === 1 && nextMark(text, close + 1) === ':';
      if (isName && JSON.parse(text.slice(at, close + 1)) === name) open = text.indexOf(':', close + 1);
      at = close;
    } else if (char === '{' || char === '[') {
      if (depth === 1 && open !== -1) found = { start: at, end: -1 };
      depth += 1;
    } else if (char === '}' || char === ']') {
      depth -= 1;
      if (depth === 1 && open !== -1) {
        found.end = at + 1;
        open = -1;
      }
    }
  }
  return found;
}

/** Offset of the quote that closes the string opened at `start`. */
function stringEnd(text: string, start: number): number {
  let close = text.indexOf('"', start + 1);
  while (isEscaped(text, close)) close = text.indexOf('"', close + 1);
  return close;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes += 1;
  return slashes % 2 === 1;
}

function nextMark(text: string, from: number): string | undefined {
  let at = from;
  while (/\s/.test(text[at] ?? 'x')) at += 1;
  return text[at];
}
