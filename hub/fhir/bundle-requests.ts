import { isObject, type JsonObject } from '../resource/json.ts';
import { badRequest, FhirError, notSupported } from './fhir-error.ts';
import { readInteraction, type Interaction } from './interaction.ts';

/** Most entries of one Bundle. */
export const maximumEntries = 500;

/** One entry of a batch or transaction, its request read. */
export interface BundleRequest {
  interaction: Extract<Interaction, { kind: 'read' | 'vread' | 'search' | 'history' | 'write' }>;
  /** The query of its address. */
  query: [string, string][];
  ifMatch: string | undefined;
  ifNoneExist: string | undefined;
  /** What other entries may refer to it by: `urn:uuid:…`. */
  fullUrl: string | undefined;
  resource: unknown;
}

export interface RequestBundle {
  type: 'batch' | 'transaction';
  /** Each entry read, or why it cannot be: in a batch that is the entry's own answer. */
  entries: (BundleRequest | FhirError)[];
}

/** Reads a Bundle of requests. Throws 400 when the body is none, 413 when it has too many entries. */
export function readBundle(body: unknown, base: string): RequestBundle {
  if (!isObject(body) || body['resourceType'] !== 'Bundle') throw badRequest('The body is to be a Bundle.');
  const { type } = body;
  if (type !== 'batch' && type !== 'transaction') {
    throw notSupported('Of Bundles this server takes the types batch and transaction.');
  }
  const entries = body['entry'] ?? [];
  if (!Array.isArray(entries)) throw badRequest('Bundle.entry is to be a list.');
  if (entries.length > maximumEntries) {
    throw new FhirError(413, 'too-costly', `A Bundle has at most ${maximumEntries} entries.`);
  }
  return { type, entries: entries.map((entry, index) => readEntry(entry, index, base)) };
}

function readEntry(entry: unknown, index: number, base: string): BundleRequest | FhirError {
  const parts: JsonObject = isObject(entry) ? entry : {};
  const request: JsonObject = isObject(parts['request']) ? parts['request'] : {};
  const { method, url } = request;
  if (typeof method !== 'string' || typeof url !== 'string') {
    throw badRequest(`Bundle.entry[${index}] is to have a request with method and url.`);
  }
  const { resource } = parts;
  if (resource !== undefined && (method === 'GET' || method === 'DELETE')) {
    throw badRequest(`Bundle.entry[${index}] has a resource, and ${method} takes none.`);
  }
  try {
    const local = url.startsWith(`${base}/`) ? url.slice(base.length + 1) : url;
    const at = local.indexOf('?');
    const [path, query] = at < 0 ? [local, ''] : [local.slice(0, at), local.slice(at + 1)];
    const interaction = readInteraction(method, path);
    if (!isAnswered(interaction)) throw notSupported('A Bundle holds reads, searches, histories and writes.');
    return {
      interaction,
      query: [...new URLSearchParams(query)],
      ifMatch: textOf(request['ifMatch']),
      ifNoneExist: textOf(request['ifNoneExist']),
      fullUrl: textOf(parts['fullUrl']),
      resource,
    };
  } catch (error) {
    if (error instanceof FhirError) return error;
    throw error;
  }
}

function isAnswered(interaction: Interaction): interaction is BundleRequest['interaction'] {
  return ['read', 'vread', 'search', 'history', 'write'].includes(interaction.kind);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
