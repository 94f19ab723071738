import { hash } from 'node:crypto';
import type { FhirResource } from 'fhir/r4';
import { isDirectoryType, isResourceType } from '../../../fhir/resource-types.ts';
import type { SourceId } from '../../../fhir/sources.ts';
import { deletedBit } from '../../access/labels.ts';
import type { Database, Sql } from '../../store/database.ts';
import { resourceId } from '../../store/ids.ts';
import { upsertRows } from '../../store/resources.ts';
import type { ResourceType } from '../../../fhir/resource-types.ts';
import type { Format, KeptPiece } from '../format.ts';
import { takeInWithin } from '../intake.ts';
import { readPieces, sharedPieces } from './pieces.ts';

/** Scopes of one subject that are to be told. */
export interface Telling {
  source: SourceId;
  organisation: string;
  format: Format;
  subject: string;
  scopes: readonly string[];
}

/** What came of telling: sentences for the operator. Anything refused makes the message a dead letter, though the rest is taken. */
export interface TellReport {
  doubts: string[];
  refused: string[];
}

interface ScopeRow {
  scope: string;
  told: string[];
  digest: string;
}

/**
 * Tells scopes of one subject: all that is kept of them becomes resources, which go through the intake, and what they told
 * before and tell no more is withdrawn. Telling the same again changes nothing. Must run inside a transaction that holds the
 * scopes (`keepPieces` does). Rejects when the store fails.
 */
export async function tellScopes(sql: Sql, engine: Database['engine'], telling: Telling): Promise<TellReport> {
  const { source, organisation, format, subject, scopes } = telling;
  const before = await sql.query<ScopeRow>(
    `select scope, told, digest from feed_scope
     where source = $1 and subject = $2 and scope = any($3::text[]) order by scope collate "C" for update`,
    [source, subject, scopes],
  );
  const pieces = await readPieces(sql, source, subject, scopes);
  const shared = sharedPieces(sql, source);
  const report: TellReport = { doubts: [], refused: [] };
  const told: { row: ScopeRow; resources: FhirResource[]; digest: string }[] = [];
  for (const row of before) {
    const of = { source, organisation, subject, scope: row.scope };
    const { resources, doubts } = await format.tell(of, pieces.get(row.scope) ?? [], shared);
    report.doubts.push(...doubts);
    told.push({ row, resources, digest: hash('sha256', JSON.stringify(resources), 'base64') });
  }
  const changed = told.filter(({ row, digest }) => digest !== row.digest);
  if (changed.length > 0) {
    const message = await lastMessage(sql, source, [...pieces.values()].flat());
    // Who it is about comes first, whatever the scopes are called.
    const resources = changed
      .flatMap((scope) => scope.resources)
      .sort((a, b) => Number(b.resourceType === 'Patient') - Number(a.resourceType === 'Patient'));
    const record = { source, organisation, message, resources, ...(subject === '' ? {} : { subject }) };
    const taken = await takeInWithin(sql, engine, record);
    report.doubts.push(...taken.remarks);
    report.refused.push(...taken.refused.map(({ type, reason }) => `${type}: ${reason}`));
    await withdraw(sql, source, changed);
  }
  const digests = new Map(told.map(({ row, digest }) => [row.scope, digest]));
  await sql.query(
    `update feed_scope s set told = array(select jsonb_array_elements_text(i.told)), digest = i.digest, waiting = null,
       attempts = 0, problem = null
     from json_to_recordset($3::json) as i (scope text, told jsonb, digest text)
     where s.source = $1 and s.subject = $2 and s.scope = i.scope`,
    [
      source,
      subject,
      Buffer.from(
        JSON.stringify(
          told.map(({ row, resources }) => ({
            scope: row.scope,
            told: resources.map(nameOf),
            // What was refused is tried again the next time.
            digest: report.refused.length > 0 ? '' : digests.get(row.scope),
          })),
        ),
      ),
    ],
  );
  return report;
}

function nameOf({ resourceType, id }: FhirResource): string {
  return `${resourceType}/${id ?? ''}`;
}

/** The message that said the last of these pieces: what they come to bears its mark. */
async function lastMessage(
  sql: Sql,
  source: string,
  pieces: readonly KeptPiece[],
): Promise<{ id: string; receivedAt: string }> {
  const seq = pieces.reduce((last, piece) => Math.max(last, piece.seq), 0);
  const [message] = await sql.query<{ received: string }>('select received from inbox where source = $1 and seq = $2', [
    source,
    seq,
  ]);
  // A scope whose pieces are all gone tells nothing, and bears no mark.
  return { id: String(seq), receivedAt: message?.received ?? new Date(0).toISOString() };
}

/** Takes away what these scopes told before and tell no more. It stays in the history, as what its source took back. */
async function withdraw(
  sql: Sql,
  source: SourceId,
  scopes: readonly { row: ScopeRow; resources: readonly FhirResource[] }[],
): Promise<void> {
  const now = new Set(scopes.flatMap(({ resources }) => resources.map(nameOf)));
  const ids = scopes
    .flatMap(({ row }) => row.told)
    .filter((name) => !now.has(name))
    .flatMap((name) => {
      const [type = '', ...rest] = name.split('/');
      const ofPerson = isResourceType(type) && !isDirectoryType(type) && type !== 'Patient';
      return ofPerson ? [resourceId(source, type, rest.join('/'))] : [];
    });
  if (ids.length === 0) return;
  const rows = await sql.query<{ patient: string; type: ResourceType; id: string; origin: string }>(
    'select patient, type, id, origin from resource where id = any($1::text[]) and source = $2 and (mask & $3::integer) = 0',
    [ids, source, deletedBit],
  );
  await upsertRows(
    sql,
    rows.map((row) => ({
      ...row,
      source,
      mask: deletedBit,
      search: { date: undefined, authored: undefined, tokens: [] },
      content: JSON.stringify({ resourceType: row.type, id: row.id }),
    })),
  );
}
