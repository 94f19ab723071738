import type { ResourceType } from '../../fhir/resource-types.ts';
import { readRow, readVersion } from '../access/gate.ts';
import { wasDeleted } from '../access/history.ts';
import type { Reader } from '../access/reader.ts';
import { sourcesFor } from '../access/sources-for.ts';
import { auditAct } from '../audit/audit.ts';
import type { Sql } from '../store/database.ts';
import { resourceAnswer } from './answer.ts';
import type { Answer } from './answer.ts';
import { readAuditEvent } from './audit-events.ts';
import { endpointOf, endpointRow } from './endpoints.ts';
import { FhirError, notFound } from './fhir-error.ts';

/** Answers one read. 404 both for what is not there and for what this reader may not see; 410 for what was deleted. */
export async function read(sql: Sql, base: string, reader: Reader, type: ResourceType, id: string): Promise<Answer> {
  const line = type === 'AuditEvent' ? await readAuditEvent(sql, reader, id) : undefined;
  if (line !== undefined) return resourceAnswer(line);
  if (type === 'Endpoint') {
    const endpoints = (await sourcesFor(sql, reader)).map((source) => endpointOf(source, base));
    const found = endpoints.find((endpoint) => endpoint.id === id);
    if (found !== undefined) {
      await auditAct(sql, reader, { action: 'read', type, ids: [id] }, 1);
      return resourceAnswer(endpointRow(found));
    }
  }
  const row = await readRow(sql, reader, type, id);
  if (row !== undefined) return resourceAnswer(row);
  if (await wasDeleted(sql, reader, type, id)) throw new FhirError(410, 'deleted', `This ${type} was deleted.`);
  throw notFound(`There is no such ${type} for this person.`);
}

/** Answers one version read. */
export async function readOldVersion(
  sql: Sql,
  reader: Reader,
  type: ResourceType,
  id: string,
  version: number,
): Promise<Answer> {
  const row = await readVersion(sql, reader, type, id, version);
  if (row === undefined) throw notFound(`There is no such version of this ${type} for this person.`);
  return resourceAnswer(row);
}
