import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { FhirResource } from 'fhir/r4';
import type { Statement } from './input-index.ts';
import { isObject, type Json, type JsonObject } from '../../resource/json.ts';

/** Files that belong together: those of one folder, since a bulk export spreads a person over many files. */
export interface FileSet {
  /** The folder's name: the source's, unless another is given. */
  name: string;
  files: string[];
}

/** One thing found in a file: a resource, or why there is none. */
export type Found =
  | { statement: Statement }
  /**
   * Read, but not to be taken: a line that is no JSON, a deletion, an entry without a resource. `lost` when it may have
   * been part of somebody's record, and nobody can tell whose.
   */
  | { refused: string; lost?: true };

/** A file or folder that cannot be read at all; one line, without content. */
export class UnreadableInput extends Error {}

const readable = /\.(json|ndjson|jsonl)(\.gz)?$/i;

/**
 * The files to read, grouped by folder, in the order of their names: folders are searched all the way down, and a file
 * named by itself is always read, whatever its ending. A file named twice is read once.
 */
export async function findFiles(paths: readonly string[]): Promise<{ sets: FileSet[]; unreadable: string[] }> {
  const folders = new Map<string, Set<string>>();
  const unreadable: string[] = [];
  const add = (file: string): void => {
    const folder = dirname(file);
    folders.set(folder, (folders.get(folder) ?? new Set<string>()).add(file));
  };
  for (const path of paths) {
    const full = resolve(path);
    const found = await stat(full).catch(() => undefined);
    if (found === undefined) unreadable.push(`${path}: there is no such file or folder.`);
    else if (!found.isDirectory()) add(full);
    else {
      const inside = await readdir(full, { recursive: true, withFileTypes: true });
      const files = inside.filter((entry) => entry.isFile() && readable.test(entry.name));
      if (files.length === 0) unreadable.push(`${path}: the folder holds no .json or .ndjson files.`);
      for (const entry of files) add(join(entry.parentPath, entry.name));
    }
  }
  const sets = [...folders].map(([folder, files]) => ({ name: basename(folder) || 'files', files: [...files].sort() }));
  return { sets: sets.sort((a, b) => (a.files[0] ?? '').localeCompare(b.files[0] ?? '')), unreadable };
}

/**
 * Everything in one file, NDJSON line by line so that its size does not matter. Rejects with `UnreadableInput` when the
 * file cannot be read to its end or, not being NDJSON, is no JSON.
 */
export async function* readResources(file: string): AsyncGenerator<Found> {
  if (/\.(ndjson|jsonl)(\.gz)?$/i.test(file)) {
    yield* readLines(file);
    return;
  }
  let text = '';
  for await (const line of linesOf(file)) text += `${line}\n`;
  let json: Json;
  try {
    json = JSON.parse(withoutMark(text)) as Json;
  } catch {
    // A file of lines under another ending.
    if (/^\s*\{.*\}\s*\n\s*\{/.test(text)) yield* readLines(file);
    else if (readable.test(file)) throw new UnreadableInput(`${basename(file)}: it is not JSON.`);
    // Something else, such as a read-me among the records that a shell's `*` named too: no record is lost with it.
    else yield { refused: `${basename(file)}: It holds no FHIR: it is not JSON, nor is it named as such.` };
    return;
  }
  yield* resourcesIn(json, `${basename(file)}: `);
}

async function* readLines(file: string): AsyncGenerator<Found> {
  let number = 0;
  for await (const line of linesOf(file)) {
    number += 1;
    const where = `${basename(file)}, line ${number}: `;
    const text = withoutMark(line).trim();
    if (text === '') continue;
    let json: Json;
    try {
      json = JSON.parse(text) as Json;
    } catch {
      yield { refused: `${where}The line is not JSON.`, lost: true };
      continue;
    }
    yield* resourcesIn(json, where);
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const bytes = createReadStream(file);
  const stream = /\.gz$/i.test(file) ? bytes.pipe(createGunzip()) : bytes;
  const failed = new Promise<never>((_, reject) => {
    bytes.once('error', reject);
    stream.once('error', reject);
  });
  // Only awaited together with the next line.
  failed.catch(() => undefined);
  const lines = createInterface({ input: stream, crlfDelay: Infinity })[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([lines.next(), failed]);
      if (next.done === true) break;
      yield next.value;
    }
    if (stream.errored !== null || bytes.errored !== null) throw stream.errored ?? bytes.errored ?? new Error();
  } catch (error) {
    const code = isObject(error) && typeof error['code'] === 'string' ? ` (${error['code']})` : '';
    throw new UnreadableInput(`${basename(file)}: it cannot be read to its end${code}.`);
  } finally {
    bytes.destroy();
  }
}

/** The resources of a Bundle of any type, or the one resource itself. */
function* resourcesIn(json: Json, where: string): Generator<Found> {
  if (!isObject(json) || typeof json['resourceType'] !== 'string') {
    yield { refused: `${where}It is no FHIR resource: it does not say its resourceType.` };
    return;
  }
  if (json['resourceType'] !== 'Bundle') {
    yield { statement: { resource: json as unknown as FhirResource, fullUrl: undefined } };
    return;
  }
  const entries = json['entry'];
  for (const entry of Array.isArray(entries) ? entries : []) yield* entryOf(isObject(entry) ? entry : {}, where);
}

function* entryOf(entry: JsonObject, where: string): Generator<Found> {
  const { resource, request, fullUrl } = entry;
  if (isObject(request) && request['method'] === 'DELETE') {
    yield { refused: `${where}The entry asks for a deletion, which a load does not do.` };
  } else if (!isObject(resource) || typeof resource['resourceType'] !== 'string') {
    yield { refused: `${where}The entry holds no resource.` };
  } else if (resource['resourceType'] === 'Bundle') {
    yield* resourcesIn(resource, where);
  } else {
    const address = typeof fullUrl === 'string' ? fullUrl : undefined;
    yield { statement: { resource: resource as unknown as FhirResource, fullUrl: address } };
  }
}

function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
