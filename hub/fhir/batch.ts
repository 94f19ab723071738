import { STATUS_CODES } from 'node:http';
import type { Reader } from '../access/reader.ts';
import type { Database } from '../store/database.ts';
import { json } from './answer.ts';
import type { Answer } from './answer.ts';
import { batchResponse } from './bundle.ts';
import { badRequest, FhirError, notSupported, outcomeOf } from './fhir-error.ts';
import { interact } from './interact.ts';
import { readInteraction } from './interaction.ts';

/** Most entries of one batch. */
const maximumEntries = 100;

interface EntryRequest {
  method: string;
  url: string;
}

/**
 * Answers a Bundle of type batch whose entries are reads and searches by GET. Each entry is checked by the token's scopes
 * on its own and fails on its own (SMART 2.2; R4 RESTful API, batch). `unexpected` turns any other error of one entry
 * into what the client is told.
 */
export async function batch(
  database: Database,
  base: string,
  reader: Reader,
  body: string,
  unexpected: (error: unknown) => FhirError,
): Promise<Answer> {
  const entries: string[] = [];
  for (const request of readBatch(body)) {
    try {
      entries.push(entryOf(await answerEntry(database, base, reader, request)));
    } catch (error) {
      entries.push(refusalOf(error instanceof FhirError ? error : unexpected(error)));
    }
  }
  return json(batchResponse(entries));
}

function answerEntry(database: Database, base: string, reader: Reader, { method, url }: EntryRequest): Promise<Answer> {
  const local = url.startsWith(`${base}/`) ? url.slice(base.length + 1) : url;
  const [path = '', query = ''] = splitOnce(local, '?');
  const interaction = readInteraction(method, path);
  if (
    interaction.kind !== 'read' &&
    interaction.kind !== 'vread' &&
    interaction.kind !== 'search' &&
    interaction.kind !== 'history'
  ) {
    throw notSupported('A batch holds reads, searches and histories.');
  }
  return interact(database, base, reader, interaction, [...new URLSearchParams(query)]);
}

/** The requests of a batch. Throws 400 when the body is none. */
function readBatch(body: string): EntryRequest[] {
  const bundle = parse(body);
  if (field(bundle, 'resourceType') !== 'Bundle') throw badRequest('The body is to be a Bundle.');
  if (field(bundle, 'type') !== 'batch') throw notSupported('Of Bundles this server takes the type batch only.');
  const entries = field(bundle, 'entry') ?? [];
  if (!Array.isArray(entries)) throw badRequest('Bundle.entry is to be a list.');
  if (entries.length > maximumEntries) {
    throw new FhirError(413, 'too-costly', `A batch has at most ${maximumEntries} entries.`);
  }
  return entries.map((entry: unknown, index) => {
    const request = field(entry, 'request');
    const [method, url] = [field(request, 'method'), field(request, 'url')];
    if (typeof method !== 'string' || typeof url !== 'string') {
      throw badRequest(`Bundle.entry[${index}] is to have a request with method and url.`);
    }
    if (field(entry, 'resource') !== undefined && method === 'GET') {
      throw badRequest(`Bundle.entry[${index}] has a resource, and GET takes none.`);
    }
    return { method, url };
  });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) throw badRequest('The body is not JSON.');
    throw error;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function entryOf({ status, headers, body }: Answer): string {
  const etag = headers['etag'];
  const updated = headers['last-modified'];
  const response = {
    status: statusLine(status),
    ...(etag === undefined ? {} : { etag }),
    ...(updated === undefined ? {} : { lastModified: new Date(updated).toISOString() }),
  };
  return `{"resource":${body},"response":${JSON.stringify(response)}}`;
}

function refusalOf(error: FhirError): string {
  return JSON.stringify({ response: { status: statusLine(error.status), outcome: outcomeOf(error) } });
}

function statusLine(status: number): string {
  return `${status} ${STATUS_CODES[status] ?? ''}`.trim();
}
