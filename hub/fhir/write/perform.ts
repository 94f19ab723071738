import { auditRefusal } from '../../audit/audit.ts';
import type { Reader } from '../../access/reader.ts';
import type { Database } from '../../store/database.ts';
import { json, outcomeText, resourceAnswer, type Answer } from '../answer.ts';
import { FhirError } from '../fhir-error.ts';
import { locationOf, writtenAnswer, type Preferred } from './answers.ts';
import { commit, RefusedWrite, type WriteParts } from './commit.ts';
import { planWrite, type WriteRequest } from './write.ts';

const actions = { POST: 'create', PUT: 'update', PATCH: 'update', DELETE: 'delete' } as const;

/** Does one write, all of it or nothing, and answers as FHIR has it. A refusal is written to the audit. Throws FhirError. */
export async function performWrite(
  parts: WriteParts,
  reader: Reader,
  request: WriteRequest,
  preferred: Preferred,
): Promise<Answer> {
  const { database, base } = parts;
  try {
    return await database.transaction(async (sql) => {
      const planned = await planWrite(sql, reader, base, request);
      if ('nothing' in planned) return { ...json('', 204), headers: {} };
      if ('standing' in planned) {
        // There already (If-None-Exist): nothing was made, and the answer leads to it.
        const whole = resourceAnswer(planned.standing);
        const headers = { ...whole.headers, location: locationOf(base, planned.standing) };
        if (preferred === 'representation') return { ...whole, headers };
        return { ...whole, headers, body: preferred === 'minimal' ? '' : outcomeText('There already.') };
      }
      const [written] = await commit(sql, reader, parts, [planned.write], {
        content: preferred === 'representation',
      });
      if (written === undefined) throw new Error('a write came to nothing');
      return writtenAnswer(base, written, preferred);
    });
  } catch (error) {
    const refusal = error instanceof RefusedWrite ? error.cause : error;
    if (refusal instanceof FhirError) await auditRefusedWrite(database, reader, request, refusal);
    throw refusal;
  }
}

/** After the transaction was rolled back, so that the line stays. */
export async function auditRefusedWrite(
  database: Database,
  reader: Reader,
  { method, type, id }: Pick<WriteRequest, 'method' | 'type' | 'id'>,
  refusal: FhirError,
): Promise<void> {
  const ids = id === undefined ? [] : [`${type}/${id}`];
  // The words of a refusal repeat no value of the resource.
  await auditRefusal(database, reader, { action: actions[method], type, ids, detail: refusal.message });
}
