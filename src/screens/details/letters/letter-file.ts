/** How a letter can be shown: in place, or only handed on as a file. */
export type LetterKind = 'text' | 'html' | 'markup' | 'pdf' | 'image' | 'file';

/** A letter as it came: its bytes and what they are. */
export interface LetterFile {
  kind: LetterKind;
  /** Media type without parameters, in lower case; empty where nobody stated one and the bytes do not tell. */
  type: string;
  /** As stated; undefined leaves it to the letter's own words, then UTF-8. */
  charset: string | undefined;
  bytes: Uint8Array<ArrayBuffer>;
}

interface KnownType {
  kind: LetterKind;
  words: string;
  /** File name extension for a download. */
  extension: string;
}

const known: Record<string, KnownType> = {
  'text/plain': { kind: 'text', words: 'Text', extension: 'txt' },
  'text/markdown': { kind: 'text', words: 'Text', extension: 'txt' },
  'text/csv': { kind: 'text', words: 'Text (CSV)', extension: 'csv' },
  'text/html': { kind: 'html', words: 'Page (HTML)', extension: 'html' },
  'application/xhtml+xml': { kind: 'html', words: 'Page (HTML)', extension: 'html' },
  'text/xml': { kind: 'markup', words: 'Structured text (XML)', extension: 'xml' },
  'application/xml': { kind: 'markup', words: 'Structured text (XML)', extension: 'xml' },
  'application/hl7-v3+xml': { kind: 'markup', words: 'Structured text (XML)', extension: 'xml' },
  'application/pdf': { kind: 'pdf', words: 'PDF', extension: 'pdf' },
  'image/png': { kind: 'image', words: 'Picture (PNG)', extension: 'png' },
  'image/jpeg': { kind: 'image', words: 'Picture (JPEG)', extension: 'jpg' },
  'image/jpg': { kind: 'image', words: 'Picture (JPEG)', extension: 'jpg' },
  'image/tiff': { kind: 'file', words: 'Scan (TIFF)', extension: 'tif' },
  'image/svg+xml': { kind: 'file', words: 'Drawing (SVG)', extension: 'svg' },
  'application/rtf': { kind: 'file', words: 'Rich text (RTF)', extension: 'rtf' },
  'text/rtf': { kind: 'file', words: 'Rich text (RTF)', extension: 'rtf' },
  'application/msword': { kind: 'file', words: 'Word document', extension: 'doc' },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    kind: 'file',
    words: 'Word document',
    extension: 'docx',
  },
};

/** What a media type (with or without parameters) is, in words and for a file name; an unknown one is named as it is. */
export function letterType(contentType: string | undefined): KnownType {
  const type = mediaType(contentType);
  const found = known[type];
  if (found !== undefined) return found;
  if (type === '' || type === 'application/octet-stream') {
    return { kind: 'file', words: 'Type not stated', extension: 'bin' };
  }
  return { kind: type.startsWith('text/') ? 'markup' : 'file', words: `File (${type})`, extension: 'bin' };
}

/** Whether nobody said what the file is, so that only its first bytes can tell. */
export function isUnstated(contentType: string | undefined): boolean {
  return ['', 'application/octet-stream'].includes(mediaType(contentType));
}

/**
 * A letter from base64 (FHIR Attachment.data, Binary.data) and its stated type; undefined when the base64 is damaged.
 * Where no type is stated the first bytes decide; a stated type is taken at its word.
 */
export function letterFile(base64: string, contentType: string | undefined): LetterFile | undefined {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Uint8Array.from(atob(base64.replace(/\s/g, '')), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
  const type = isUnstated(contentType) ? typeOfBytes(bytes) : mediaType(contentType);
  return { kind: letterType(type).kind, type, charset: charsetOf(contentType), bytes };
}

/** `PDF · 48 KB`, `PDF · size not stated`: what is told of an attachment before it is opened. */
export function sizeAndType(attachment: { contentType?: string; size?: number; data?: string }): string {
  const { contentType, size, data } = attachment;
  const bytes = data === undefined ? size : Math.floor((data.replace(/[\s=]/g, '').length * 3) / 4);
  return `${letterType(contentType).words} · ${bytes === undefined ? 'size not stated' : sizeWords(bytes)}`;
}

/** Bytes as a reader says them: `820 bytes`, `48 KB`, `2.1 MB` (1 KB is 1,024 bytes). */
export function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / (1024 * 1024)).toFixed(1)} MB`;
}

function mediaType(contentType: string | undefined): string {
  return (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

function charsetOf(contentType: string | undefined): string | undefined {
  return /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType ?? '')?.[1];
}

function typeOfBytes(bytes: Uint8Array): string {
  const head = String.fromCharCode(...bytes.subarray(0, 8));
  if (head.startsWith('%PDF-')) return 'application/pdf';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('{\\rtf')) return 'application/rtf';
  return '';
}
