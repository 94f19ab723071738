import { lookUp } from './look-up.ts';
import type { Segment } from './message.ts';

/** A file as a message carries it. */
export interface SentFile {
  /** MIME type: what it is by its own first bytes, else what it is said to be. */
  contentType: string;
  /** Undefined when it cannot be decoded, or lies elsewhere. */
  bytes: Buffer | undefined;
  doubts: string[];
}

/**
 * The file of an OBX of type ED (HL7 v2.4, 2.9.16: source, type, subtype, encoding, data). Scanners and letter systems name
 * types as they like; the first bytes decide. A pointer (RP) has no bytes here.
 */
export function fileIn(obx: Segment, fileName: string): SentFile {
  const [value] = obx.values(5);
  const [type = '', subtype = '', encoding = '', data = ''] = [2, 3, 4, 5].map((part) => value?.at(part) ?? '');
  const stated = statedType(type, subtype, fileName);
  if (obx.at(2).toUpperCase() === 'RP') {
    return {
      contentType: stated,
      bytes: undefined,
      doubts: ['A document that is only pointed at: its file is not here'],
    };
  }
  const bytes = decoded(data || (value?.text ?? ''), encoding);
  if (bytes === undefined) {
    return { contentType: stated, bytes, doubts: ['A file that cannot be decoded: kept without it'] };
  }
  const seen = typeByBytes(bytes);
  const odd = seen !== undefined && stated !== unknownType && seen !== stated;
  const doubts = odd ? ['A file that is not of the kind it is said to be: told as what it is'] : [];
  return { contentType: seen ?? stated, bytes, doubts };
}

const unknownType = 'application/octet-stream';

const types: Readonly<Record<string, string>> = {
  PDF: 'application/pdf',
  RTF: 'application/rtf',
  'VND.RTF': 'application/rtf',
  HTML: 'text/html',
  HTM: 'text/html',
  XHTML: 'application/xhtml+xml',
  'XHTML+XML': 'application/xhtml+xml',
  PLAIN: 'text/plain; charset=utf-8',
  TEXT: 'text/plain; charset=utf-8',
  TXT: 'text/plain; charset=utf-8',
  TIFF: 'image/tiff',
  TIF: 'image/tiff',
  JPEG: 'image/jpeg',
  JPG: 'image/jpeg',
  PNG: 'image/png',
  GIF: 'image/gif',
};

/** By subtype, type (`application/pdf` in one, too), or the end of the file's name. */
function statedType(type: string, subtype: string, fileName: string): string {
  const words = [subtype, type, fileName.split('.').at(-1) ?? ''].map((word) => word.toUpperCase());
  const known = words.map((word) => lookUp(types, word.split('/').at(-1) ?? ''));
  return known.find((each) => each !== undefined) ?? unknownType;
}

/** The data as bytes: base64 unless another encoding is stated; undefined when it is not sound. */
function decoded(data: string, encoding: string): Buffer | undefined {
  const bare = data.replaceAll(/\s/g, '');
  if (bare === '') return undefined;
  switch (encoding.toUpperCase()) {
    case 'A':
      return Buffer.from(data, 'utf8');
    case 'HEX':
      return /^(?:[0-9A-Fa-f]{2})+$/.test(bare) ? Buffer.from(bare, 'hex') : undefined;
    default:
      return isBase64(bare) ? Buffer.from(bare, 'base64') : undefined;
  }
}

/** Whole: a file cut short on its way would be shown with its end missing. */
function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

function typeByBytes(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, 512).toString('latin1');
  if (start.startsWith('%PDF-')) return 'application/pdf';
  if (start.startsWith('{\\rtf')) return 'application/rtf';
  if (start.startsWith('\u0089PNG')) return 'image/png';
  if (start.startsWith('\u00ff\u00d8\u00ff')) return 'image/jpeg';
  if (start.startsWith('II*\u0000') || start.startsWith('MM\u0000*')) return 'image/tiff';
  if (start.startsWith('GIF8')) return 'image/gif';
  if (/^\s*(?:<\?xml[^>]*>\s*)?<html[^>]*xmlns=/i.test(start)) return 'application/xhtml+xml';
  if (/^\s*(?:<!doctype html|<html)/i.test(start)) return 'text/html';
  return undefined;
}
