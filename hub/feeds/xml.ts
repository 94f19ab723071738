import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { UnusableMessage } from './format.ts';
import { withoutForbidden, xmlText } from './xml-bytes.ts';
import type { XmlElement } from './xml-element.ts';

/** Bytes of the largest document that is parsed: twenty times the largest report that was seen. */
export const largestDocument = 8 * 1024 * 1024;
/** Elements within elements; reports that were seen have thirty. */
export const deepestDocument = 100;
/** Tags, comments and the like. */
export const mostMarkup = 100_000;

/** A document that was read, with what was odd about it: sentences without patient data. */
export interface XmlDocument {
  root: XmlElement;
  doubts: string[];
}

const textName = '#text';
const cdataName = '#cdata';

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Entities are read here, once, so that none is ever expanded into another.
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  removeNSPrefix: true,
  cdataPropName: cdataName,
  textNodeName: textName,
  maxNestedTags: deepestDocument,
});

/**
 * Reads a document that a stranger may have written. Size, depth and count are bounded before anything is built of it. No
 * system here declares a document type, and that is where entities within entities and files from elsewhere come from: a
 * document that has one is refused unread. @throws UnusableMessage
 */
export function readXml(bytes: Uint8Array): XmlDocument {
  if (bytes.length > largestDocument) {
    throw new UnusableMessage(`The document has more than ${largestDocument / (1024 * 1024)} MB.`);
  }
  const { text, doubts } = xmlText(bytes);
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) {
    throw new UnusableMessage('The document declares a document type or entities, which no sender here has a use for.');
  }
  if (countOf(text, '<') > mostMarkup) throw new UnusableMessage('The document has more elements than any report has.');
  const sound = XMLValidator.validate(text);
  if (sound !== true) {
    throw new UnusableMessage(`The document is no well-formed XML, or was cut short: line ${sound.err.line}.`);
  }
  const roots = nodesOf(parsed(text)).filter((part) => typeof part !== 'string');
  const [root] = roots;
  if (root === undefined || roots.length > 1)
    throw new UnusableMessage('The document has no single outermost element.');
  return { root, doubts };
}

function parsed(text: string): unknown {
  try {
    return parser.parse(text);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // The library's words may quote the document.
    throw new UnusableMessage(
      /nested/i.test(error.message)
        ? 'The document is nested deeper than any report is.'
        : 'The document cannot be read.',
      { cause: error },
    );
  }
}

/** What the parser gives: `[{ name: children, ':@': attributes }]`. */
function nodesOf(list: unknown): (XmlElement | string)[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((node: unknown): (XmlElement | string)[] => {
    if (typeof node !== 'object' || node === null) return [];
    const { ':@': attributes, ...named } = node as Record<string, unknown>;
    return Object.entries(named).map(([name, value]) => {
      if (name === textName) return decoded(String(value));
      if (name === cdataName) return Array.isArray(value) ? rawText(value) : String(value);
      return { name, attributes: attributesOf(attributes), children: nodesOf(value) };
    });
  });
}

function rawText(parts: readonly unknown[]): string {
  return parts
    .map((part) => (typeof part === 'object' && part !== null ? String(Reflect.get(part, textName) ?? '') : ''))
    .join('');
}

function attributesOf(attributes: unknown): ReadonlyMap<string, string> {
  if (typeof attributes !== 'object' || attributes === null) return new Map();
  return new Map(Object.entries(attributes).map(([name, value]) => [name, decoded(String(value))]));
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five entities of XML and characters by number, in one pass; any other is left as it was written. */
function decoded(text: string): string {
  if (!text.includes('&')) return text;
  const read = text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return named[name] ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
  return withoutForbidden(read, []).text.toWellFormed();
}

function countOf(text: string, part: string): number {
  let count = 0;
  for (let from = text.indexOf(part); from !== -1; from = text.indexOf(part, from + 1)) count += 1;
  return count;
}
