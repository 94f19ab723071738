import type { Binary, DocumentReferenceContent, Meta } from 'fhir/r4';
import { fileIn } from './mdm-file.ts';
import type { Segment } from './message.ts';
import { isFile, textOf } from './oru-value.ts';
import { ownId } from './own-ids.ts';

/** What a document's files share. */
export interface Sheet {
  /** Own id of the DocumentReference. */
  id: string;
  meta: Meta | undefined;
  title: string | undefined;
  fileName: string;
  /** FHIR date or dateTime it was written. */
  written: string | undefined;
}

/** A document's content: each file as a Binary of its own, as document stores serve them; all lines of text as one text. */
export interface Content {
  content: DocumentReferenceContent[];
  binaries: Binary[];
  doubts: string[];
}

/** The content that OBX segments carry, in the order sent: files, and lines of text. */
export function contentOf(obxs: readonly Segment[], sheet: Sheet): Content {
  const { id, meta, title, fileName, written } = sheet;
  const about = { title: title ?? (fileName || undefined), creation: written };
  const found: Content = { content: [], binaries: [], doubts: [] };
  const text = obxs
    .filter((obx) => !isFile(obx))
    .map(textOf)
    .join('\n')
    .trim();
  if (text !== '') {
    const bytes = Buffer.from(text, 'utf8');
    const contentType = 'text/plain; charset=utf-8';
    const data = bytes.toString('base64');
    found.content.push({ attachment: { contentType, data, size: bytes.length, ...about } });
  }
  for (const [index, obx] of obxs.filter(isFile).entries()) {
    const { contentType, bytes, doubts } = fileIn(obx, fileName);
    found.doubts.push(...doubts);
    if (bytes === undefined) {
      found.content.push({ attachment: { contentType, ...about } });
      continue;
    }
    const own = ownId(id, 'file', String(index + 1));
    found.binaries.push({ resourceType: 'Binary', id: own, meta, contentType, data: bytes.toString('base64') });
    found.content.push({ attachment: { contentType, url: `Binary/${own}`, size: bytes.length, ...about } });
  }
  return found;
}
