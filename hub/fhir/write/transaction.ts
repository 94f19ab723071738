import type { Reader } from '../../access/reader.ts';
import type { Transaction } from '../../store/database.ts';
import { json, resourceAnswer, type Answer } from '../answer.ts';
import { answerEntry } from '../bundle-answers.ts';
import type { BundleRequest } from '../bundle-requests.ts';
import { bundleResponse } from '../bundle.ts';
import { badRequest, FhirError } from '../fhir-error.ts';
import { answerData, auditRefusedRead } from '../interact.ts';
import { locationOf, writtenAnswer, type Preferred } from './answers.ts';
import { commit, RefusedWrite, type Write, type WriteParts } from './commit.ts';
import { auditRefusedWrite } from './perform.ts';
import type { Assigned } from './references.ts';
import { planWrite, type Planned, type WriteRequest } from './write.ts';

/** R4 RESTful API, transaction: deletions first, then what is new, then changes, then what is read. */
const order = { DELETE: 0, POST: 1, PUT: 2, PATCH: 2 } as const;

/** An entry that cannot be done, and so nothing was. */
class RefusedEntry extends Error {
  readonly index: number;
  override readonly cause: FhirError;
  constructor(index: number, cause: FhirError) {
    super(cause.message);
    this.name = 'RefusedEntry';
    this.index = index;
    this.cause = cause;
  }
}

/**
 * Answers a Bundle of type transaction: all of it is done or nothing. Entries may refer to each other by their `urn:uuid:`
 * addresses. Throws FhirError that names the entry at fault.
 */
export async function transaction(
  parts: WriteParts,
  reader: Reader,
  entries: readonly (BundleRequest | FhirError)[],
  preferred: Preferred,
): Promise<Answer> {
  const { database } = parts;
  try {
    return await database.transaction((sql) => doAll(sql, parts, reader, entries, preferred));
  } catch (error) {
    if (!(error instanceof RefusedEntry)) throw error;
    const { index, cause } = error;
    const entry = entries[index];
    if (entry !== undefined && !(entry instanceof FhirError)) {
      const { interaction } = entry;
      if (interaction.kind === 'write') await auditRefusedWrite(database, reader, interaction, cause);
      else await auditRefusedRead(database, reader, interaction, cause);
    }
    throw new FhirError(cause.status, cause.code, `Bundle.entry[${index}]: ${cause.message}`, cause.headers);
  }
}

async function doAll(
  sql: Transaction,
  parts: WriteParts,
  reader: Reader,
  entries: readonly (BundleRequest | FhirError)[],
  preferred: Preferred,
): Promise<Answer> {
  const { base } = parts;
  const requests = entries.map((entry, index) => {
    if (entry instanceof FhirError) throw new RefusedEntry(index, entry);
    return entry;
  });
  const answers = new Map<number, Answer>();
  const assigned = new Map<string, string>();
  const writes: { index: number; write: Write }[] = [];
  const note = (index: number, planned: Planned): void => {
    if ('nothing' in planned) answers.set(index, { ...json('', 204), headers: {} });
    else if ('standing' in planned) answers.set(index, standingAnswer(base, planned.standing, preferred));
    else writes.push({ index, write: planned.write });
    const target = 'write' in planned ? planned.write : 'standing' in planned ? planned.standing : undefined;
    const { fullUrl } = requests[index] ?? {};
    if (target !== undefined && fullUrl?.startsWith('urn:') === true) {
      if (assigned.has(fullUrl)) throw badRequest('Two entries have one fullUrl.');
      assigned.set(fullUrl, `${target.type}/${target.id}`);
    }
  };
  for (const index of writingOrder(requests)) {
    await at(index, async () => note(index, await planWrite(sql, reader, base, writeOf(requests[index]))));
  }
  const content = preferred === 'representation';
  const targets = new Set<string>();
  for (const { index, write } of writes) {
    const target = `${write.type}/${write.id}`;
    if (targets.has(target)) throw new RefusedEntry(index, badRequest('Another entry is about the same resource.'));
    targets.add(target);
  }
  for (const [place, written] of (await commitAll(sql, reader, parts, writes, { assigned, content })).entries()) {
    answers.set(writes[place]?.index ?? -1, writtenAnswer(base, written, preferred));
  }
  for (const [index, { interaction, query }] of requests.entries()) {
    if (interaction.kind === 'write') continue;
    await at(index, async () => {
      answers.set(index, await answerData(sql, base, reader, interaction, query));
    });
  }
  const inOrder = requests.map((_, index) => {
    const answer = answers.get(index);
    if (answer === undefined) throw new Error('an entry of a transaction has no answer');
    return answerEntry(answer);
  });
  return json(bundleResponse('transaction-response', inOrder));
}

async function commitAll(
  sql: Transaction,
  reader: Reader,
  parts: WriteParts,
  writes: readonly { index: number; write: Write }[],
  wish: { assigned: Assigned; content: boolean },
) {
  if (writes.length === 0) return [];
  try {
    return await commit(
      sql,
      reader,
      parts,
      writes.map(({ write }) => write),
      wish,
    );
  } catch (error) {
    if (error instanceof RefusedWrite) throw new RefusedEntry(writes[error.index]?.index ?? 0, error.cause);
    throw error;
  }
}

/** Does one entry's work; a refusal is told with its place. */
async function at(index: number, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw error instanceof FhirError ? new RefusedEntry(index, error) : error;
  }
}

function writingOrder(requests: readonly BundleRequest[]): number[] {
  return requests
    .flatMap(({ interaction }, index) =>
      interaction.kind === 'write' ? [{ index, rank: order[interaction.method] }] : [],
    )
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ index }) => index);
}

function writeOf(request: BundleRequest | undefined): WriteRequest {
  if (request?.interaction.kind !== 'write') throw new Error('an entry that writes nothing was taken for a write');
  const { method, type, id } = request.interaction;
  const query = id === undefined && method !== 'POST' ? request.query : undefined;
  return {
    method,
    type,
    id,
    query,
    ifMatch: request.ifMatch,
    ifNoneExist: request.ifNoneExist,
    body: request.resource,
  };
}

function standingAnswer(base: string, standing: Parameters<typeof resourceAnswer>[0], preferred: Preferred): Answer {
  const whole = resourceAnswer(standing);
  const headers = { ...whole.headers, location: locationOf(base, standing) };
  return { ...whole, headers, body: preferred === 'representation' ? whole.body : '' };
}
