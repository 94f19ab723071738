import type { Readable } from 'node:stream';
import type { ReadRow } from '../store/rows.ts';
import { fhirJson } from './negotiation.ts';

/** What goes back for one request or one batch entry. The body is JSON text, mostly stored text as it is. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** An answer too long to be held in memory: it is sent as it is read. */
export interface StreamedAnswer extends Omit<Answer, 'body'> {
  body: Readable;
}

export function json(body: string, status = 200, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'content-type': fhirJson, ...headers }, body };
}

/** One stored resource, with its version as a weak ETag (R4 RESTful API, read). */
export function resourceAnswer(row: ReadRow): Answer {
  return json(row.content, 200, {
    etag: `W/"${row.version}"`,
    'last-modified': new Date(row.updated).toUTCString(),
  });
}

/** An OperationOutcome that says that something was done. */
export function outcomeText(words: string): string {
  return JSON.stringify({
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'information', code: 'informational', details: { text: words } }],
  });
}
