import { hash } from 'node:crypto';
import type { FhirResource } from 'fhir/r4';
import { isDirectoryType, isResourceType } from '../../../fhir/resource-types.ts';
import type { SourceId } from '../../../fhir/sources.ts';
import { deletedBit } from '../../access/labels.ts';
import type { Database, Sql } from '../../store/database.ts';
import { resourceId } from '../../store/ids.ts';
import { upsertRows } from '../../store/resources.ts';
import type { ResourceType } from '../../../fhir/resource-types.ts';
import { ownScope, type Format, type InboxMessage, type ReadShared, type Told } from '../format.ts';
import { takeInManyWithin } from '../intake/intake.ts';
import { isDangling } from '../intake/links.ts';
import type { KnownDirectory } from '../intake/known-directory.ts';
import type { SourceRecord } from '../intake/source-record.ts';
import { readPieces, sharedPieces, type HeldScope, type SaidPiece } from './pieces.ts';

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
}

/** What a scope told now. */
export interface ToldScope {
  source: SourceId;
  subject: string;
  scope: string;
  told: string[];
  digest: string;
  /** What was odd in telling it; what the intake remarked on stands with the first that changed of those told together. */
  doubts: string[];
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

/** What a scope comes to now, beside what it came to before. */
interface ToldNow {
  held: Omit<HeldScope, 'linked'>;
  resources: FhirResource[];
  digest: string;
  doubts: string[];
  lacks: boolean;
}

/**
 * Tells scopes, each telling those of one subject of one source: all that is kept of them becomes resources, which go through
 * the intake, and what they told before and tell no more is withdrawn. Telling the same again changes nothing. Must run
 * inside the transaction that holds the scopes. Rejects when the store fails.
 */
export async function tellScopes(
  sql: Sql,
  engine: Database['engine'],
  tellings: readonly Telling[],
  directoryKnown?: KnownDirectory,
): Promise<TellReport[]> {
  const [{ source } = { source: undefined }] = tellings;
  if (source === undefined) return [];
  const pieces = await readPieces(
    sql,
    source,
    tellings.flatMap(({ subject: whose, saidOf = [whose], scopes }) =>
      saidOf.flatMap((subject) => scopes.map(({ scope }) => ({ subject, scope }))),
    ),
  );
  const bySubject = Map.groupBy(pieces, ({ subject }) => subject);
  const shared = sharedPieces(sql, source);
  const all: { telling: Telling; told: ToldNow[]; changed: ToldNow[]; record: SourceRecord; report: TellReport }[] = [];
  for (const telling of tellings) {
    const report: TellReport = { doubts: [], refused: [], scopes: [], isNew: false };
    const { subject: whose, saidOf } = telling;
    const own =
      saidOf === undefined ? (bySubject.get(whose) ?? []) : pieces.filter(({ subject }) => saidOf.includes(subject));
    const told = await toldNow(telling, own, shared, report);
    const changed = told.filter(({ held, digest }) => digest !== held.digest);
    const message = changed.length === 0 ? unsaid : await lastMessage(sql, telling, own);
    all.push({ telling, told, changed, record: recordOf(telling, changed, message), report });
  }
  const toTake = all.filter(({ changed }) => changed.length > 0);
  const taken = await takeInManyWithin(
    sql,
    engine,
    toTake.map(({ record }) => record),
    directoryKnown,
  );
  const dangling = new Set<Telling>();
  const remarksOf = new Map<Telling, string[]>();
  const toWithdraw: Pick<ToldNow, 'held' | 'resources'>[] = [];
  toTake.forEach(({ telling, changed, report }, place) => {
    const { remarks = [], created = 0, refused = [] } = taken[place] ?? {};
    report.doubts.push(...remarks);
    remarksOf.set(telling, remarks);
    report.isNew = created > 0;
    report.refused.push(...refused.map(({ type, reason }) => `${type}: ${reason}`));
    if (remarks.some(isDangling)) dangling.add(telling);
    // Where the source says now that it was somebody else's, none of it may stay with whom it was told of (wrong patient).
    const ofNobody = refused.some(({ type }) => type === 'Patient');
    toWithdraw.push(...(ofNobody ? changed.map(({ held }) => ({ held, resources: [] })) : changed));
  });
  await withdraw(sql, source, toWithdraw);
  for (const { telling, told, changed, report } of all) {
    // What was refused, or points at what may yet come, is not taken for told: `toldStatement` keeps no digest of it.
    const isOpen = ({ held, digest, lacks }: ToldNow) =>
      lacks ||
      report.refused.length > 0 ||
      (dangling.has(telling) && digest !== held.digest && held.scope !== ownScope);
    report.scopes = told.map((each) => ({
      source,
      subject: telling.subject,
      scope: each.held.scope,
      told: each.resources.map(nameOf),
      digest: isOpen(each) ? '' : each.digest,
      doubts: [...each.doubts, ...(each === changed[0] ? (remarksOf.get(telling) ?? []) : [])],
    }));
  }
  return all.map(({ report }) => report);
}

/** What each scope of a telling comes to, in the order of their names. */
async function toldNow(
  { source, organisation, format, subject, scopes }: Telling,
  pieces: readonly SaidPiece[],
  shared: ReadShared,
  report: TellReport,
): Promise<ToldNow[]> {
  const told: ToldNow[] = [];
  for (const held of scopes.toSorted((a, b) => (a.scope < b.scope ? -1 : 1))) {
    const said = pieces.filter(({ scope }) => scope === held.scope);
    const of = { source, organisation, subject, scope: held.scope };
    const { resources, doubts, lacks = false } = said.length === 0 ? nothing : await format.tell(of, said, shared);
    report.doubts.push(...doubts);
    told.push({ held, resources, digest: hash('sha256', JSON.stringify(resources), 'base64'), doubts, lacks });
  }
  return told;
}

function recordOf(
  { source, organisation, subject }: Telling,
  changed: readonly ToldNow[],
  message: SourceRecord['message'],
): SourceRecord {
  // Who it is about comes first, whatever the scopes are called.
  const resources = changed
    .flatMap((scope) => scope.resources)
    .sort((a, b) => Number(b.resourceType === 'Patient') - Number(a.resourceType === 'Patient'));
  return { source, organisation, message, resources, ...(subject === '' ? {} : { subject }) };
}

/**
 * Has what pointed in vain told again, once something new is there for it to point at (source, subjects; subject and scope of
 * each that was told just now).
 */
export const openScopesStatement = `
update feed_scope s set waiting = now(), due = now()
where source = $1 and subject = any($2::text[]) and digest = '' and told <> '{}' and waiting is null
  and problem is null and not exists (
    select from unnest($3::text[], $4::text[]) as t (subject, scope) where t.subject = s.subject and t.scope = s.scope)`;

/** The same for whoever lacked something, once more of what is about nobody has come (source). */
export const openLackingStatement = `
update feed_scope set waiting = now(), due = now()
where source = $1 and subject <> '' and digest = '' and told <> '{}' and waiting is null and problem is null`;

const nothing: Told = { resources: [], doubts: [] };
/** Of what tells nothing new nothing is taken in. */
const unsaid: SourceRecord['message'] = { id: '0', receivedAt: new Date(0).toISOString() };

/**
 * Writes what scopes told (as JSON), so that they wait no more. The source goes with each of them, as a value that
 * is joined: as a constant it would make reading all there is of the source look cheap to a database that does not know it yet.
 */
export const toldStatement = `
update feed_scope s set told = array(select json_array_elements_text(i.told)), digest = i.digest, waiting = null,
  attempts = 0, problem = null
from json_to_recordset($1::json) as i (source text, subject text, scope text, told json, digest text)
where s.source = i.source and s.subject = i.subject and s.scope = i.scope`;

function nameOf({ resourceType, id }: FhirResource): string {
  return `${resourceType}/${id ?? ''}`;
}

/** The message that said the last of these pieces: what they come to bears its mark. */
async function lastMessage(
  sql: Sql,
  { source, message }: Telling,
  pieces: readonly SaidPiece[],
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
