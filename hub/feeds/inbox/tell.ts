import { hash } from 'node:crypto';
import type { FhirResource } from 'fhir/r4';
import { isDirectoryType, isResourceType } from '../../../fhir/resource-types.ts';
import type { SourceId } from '../../../fhir/sources.ts';
import { deletedBit } from '../../access/labels.ts';
import type { Database, Sql } from '../../store/database.ts';
import { resourceId } from '../../store/ids.ts';
import { upsertRows } from '../../store/resources.ts';
import type { ResourceType } from '../../../fhir/resource-types.ts';
import { ownScope, type Format, type InboxMessage, type KeptPiece, type Told } from '../format.ts';
import { takeInWithin } from '../intake/intake.ts';
import { isDangling } from '../intake/links.ts';
import type { KnownDirectory } from '../intake/known-directory.ts';
import { readPieces, sharedPieces, type HeldScope } from './pieces.ts';

/** Scopes of one subject that are to be told. */
export interface Telling {
  source: SourceId;
  organisation: string;
  format: Format;
  subject: string;
  scopes: readonly Omit<HeldScope, 'linked'>[];
  /** Whose pieces the scopes are told from, where not from the subject's own alone; from nobody's, they tell nothing. */
  saidOf?: readonly string[];
  /** The message that is worked on, where it is one. */
  message?: InboxMessage;
  /** What need not be asked of the store again. */
  directoryKnown?: KnownDirectory | undefined;
}

/** What a scope told now. */
export interface ToldScope {
  subject: string;
  scope: string;
  told: string[];
  digest: string;
}

/** What came of telling: sentences for the operator. Anything refused makes the message a dead letter, though the rest is taken. */
export interface TellReport {
  doubts: string[];
  refused: string[];
  /** To be written with `toldStatement`. */
  scopes: ToldScope[];
  /** Whether the store holds something that it did not hold before: what pointed at it in vain may be told again. */
  isNew: boolean;
}

/**
 * Tells scopes of one subject: all that is kept of them becomes resources, which go through the intake, and what they told
 * before and tell no more is withdrawn. Telling the same again changes nothing. Must run inside the transaction that holds
 * the scopes. Rejects when the store fails.
 */
export async function tellScopes(sql: Sql, engine: Database['engine'], telling: Telling): Promise<TellReport> {
  const { source, organisation, format, subject, scopes } = telling;
  const names = scopes.map(({ scope }) => scope);
  const pieces = await readPieces(sql, source, telling.saidOf ?? [subject], names);
  const shared = sharedPieces(sql, source);
  const report: TellReport = { doubts: [], refused: [], scopes: [], isNew: false };
  let dangles = false;
  const told: { held: Omit<HeldScope, 'linked'>; resources: FhirResource[]; digest: string }[] = [];
  for (const held of scopes.toSorted((a, b) => (a.scope < b.scope ? -1 : 1))) {
    const of = { source, organisation, subject, scope: held.scope };
    const said = pieces.get(held.scope) ?? [];
    const { resources, doubts } = said.length === 0 ? nothing : await format.tell(of, said, shared);
    report.doubts.push(...doubts);
    told.push({ held, resources, digest: hash('sha256', JSON.stringify(resources), 'base64') });
  }
  const changed = told.filter(({ held, digest }) => digest !== held.digest);
  if (changed.length > 0) {
    const message = await lastMessage(sql, telling, [...pieces.values()].flat());
    // Who it is about comes first, whatever the scopes are called.
    const resources = changed
      .flatMap((scope) => scope.resources)
      .sort((a, b) => Number(b.resourceType === 'Patient') - Number(a.resourceType === 'Patient'));
    const record = { source, organisation, message, resources, ...(subject === '' ? {} : { subject }) };
    const taken = await takeInWithin(sql, engine, record, telling.directoryKnown);
    report.doubts.push(...taken.remarks);
    report.isNew = taken.created > 0;
    dangles = taken.remarks.some(isDangling);
    report.refused.push(...taken.refused.map(({ type, reason }) => `${type}: ${reason}`));
    // Where the source says now that it was somebody else's, none of it may stay with whom it was told of (wrong patient).
    const ofNobody = taken.refused.some(({ type }) => type === 'Patient');
    await withdraw(sql, source, ofNobody ? changed.map(({ held }) => ({ held, resources: [] })) : changed);
  }
  // What was refused, or points at what may yet come, is not taken for told: `toldStatement` keeps no digest of it.
  const isOpen = ({ held, digest }: (typeof told)[number]) =>
    report.refused.length > 0 || (dangles && digest !== held.digest && held.scope !== ownScope);
  report.scopes = told.map((each) => {
    const { held, resources, digest } = each;
    return { subject, scope: held.scope, told: resources.map(nameOf), digest: isOpen(each) ? '' : digest };
  });
  return report;
}

/** Has what pointed in vain told again, once something new is there for it to point at (source, subjects, scopes just told). */
export const openScopesStatement = `
update feed_scope set waiting = now(), due = now()
where source = $1 and subject = any($2::text[]) and digest = '' and told <> '{}' and waiting is null
  and problem is null and not (scope = any($3::text[]))`;

const nothing: Told = { resources: [], doubts: [] };

/** Writes what scopes told (source, scopes as JSON), so that they wait no more. */
export const toldStatement = `
update feed_scope s set told = array(select json_array_elements_text(i.told)), digest = i.digest, waiting = null,
  attempts = 0, problem = null
from json_to_recordset($2::json) as i (subject text, scope text, told json, digest text)
where s.source = $1 and s.subject = i.subject and s.scope = i.scope`;

function nameOf({ resourceType, id }: FhirResource): string {
  return `${resourceType}/${id ?? ''}`;
}

/** The message that said the last of these pieces: what they come to bears its mark. */
async function lastMessage(
  sql: Sql,
  { source, message }: Telling,
  pieces: readonly KeptPiece[],
): Promise<{ id: string; receivedAt: string }> {
  const seq = pieces.reduce((last, piece) => Math.max(last, piece.seq), 0);
  if (message !== undefined && (pieces.length === 0 || message.seq === seq)) {
    return { id: String(message.seq), receivedAt: message.receivedAt };
  }
  const [last] = await sql.query<{ received: string }>('select received from inbox where source = $1 and seq = $2', [
    source,
    seq,
  ]);
  // A scope whose pieces are all gone tells nothing, and bears no mark.
  return { id: String(seq), receivedAt: last?.received ?? new Date(0).toISOString() };
}

/** Takes away what these scopes told before and tell no more. It stays in the history, as what its source took back. */
async function withdraw(
  sql: Sql,
  source: SourceId,
  scopes: readonly { held: Pick<HeldScope, 'told'>; resources: readonly FhirResource[] }[],
): Promise<void> {
  const now = new Set(scopes.flatMap(({ resources }) => resources.map(nameOf)));
  const ids = scopes
    .flatMap(({ held }) => held.told)
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
