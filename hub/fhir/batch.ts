import type { Reader } from '../access/reader.ts';
import { json, type Answer } from './answer.ts';
import { answerEntry, refusalEntry } from './bundle-answers.ts';
import type { BundleRequest } from './bundle-requests.ts';
import { bundleResponse } from './bundle.ts';
import { FhirError } from './fhir-error.ts';
import { interact } from './interact.ts';
import type { Preferred } from './write/answers.ts';
import type { WriteParts } from './write/commit.ts';
import { performWrite } from './write/perform.ts';

/**
 * Answers a Bundle of type batch: each entry is checked by the token's scopes on its own, done on its own and fails on its
 * own (SMART 2.2; R4 RESTful API, batch). `unexpected` turns any other error of one entry into what the client is told.
 */
export async function batch(
  parts: WriteParts,
  reader: Reader,
  entries: readonly (BundleRequest | FhirError)[],
  preferred: Preferred,
  unexpected: (error: unknown) => FhirError,
): Promise<Answer> {
  const answers: string[] = [];
  for (const entry of entries) {
    try {
      if (entry instanceof FhirError) throw entry;
      answers.push(answerEntry(await answerOne(parts, reader, entry, preferred)));
    } catch (error) {
      answers.push(refusalEntry(error instanceof FhirError ? error : unexpected(error)));
    }
  }
  return json(bundleResponse('batch-response', answers));
}

function answerOne(
  parts: WriteParts,
  reader: Reader,
  { interaction, query, ifMatch, ifNoneExist, resource }: BundleRequest,
  preferred: Preferred,
): Promise<Answer> {
  if (interaction.kind !== 'write') return interact(parts.database, parts.base, reader, interaction, query);
  const { method, type, id } = interaction;
  const condition = id === undefined && method !== 'POST' ? query : undefined;
  return performWrite(
    parts,
    reader,
    { method, type, id, query: condition, ifMatch, ifNoneExist, body: resource },
    preferred,
  );
}
