import type { AuditEvent } from 'fhir/r4';
import { referencesFrom, type Reference } from '../access/gate.ts';
import type { Reader } from '../access/reader.ts';
import type { DateCondition, RowQuery } from '../access/row-query.ts';
import { auditAct } from '../audit/audit.ts';
import { everyIdOf, readLines, type AuditLine, type LineQuery } from '../audit/lines.ts';
import type { Sql } from '../store/database.ts';
import { directory, type ReadRow } from '../store/rows.ts';
import { auditEventOf } from './audit-event.ts';
import { namesOfOrganisations } from './organisation-names.ts';
import { searchValuesOf } from './search-values.ts';

/** Lines read at once while those that fit are looked for. */
const atOnce = 500;

/** A page of AuditEvents, and where the next begins. */
export interface AuditPage {
  rows: ReadRow[];
  /** What they refer to by the `_include`s that were asked for. */
  references: Reference[];
  /** The place of the last one, where more follow. */
  last: { date: string; id: string } | undefined;
}

/**
 * Answers an AuditEvent search from the audit. The person is told every line about them, everybody else their own alone. That
 * it was asked is a line as well, and stands in the next answer.
 */
export async function searchAuditEvents(
  sql: Sql,
  reader: Reader,
  query: RowQuery,
  includes: readonly string[],
): Promise<AuditPage> {
  const { descending } = query.sort;
  const scope = await linesOf(sql, reader);
  const organisations = await namesOfOrganisations(sql);
  const found: { row: ReadRow; tokens: string[]; at: string }[] = [];
  let after = query.after?.date === undefined ? undefined : { at: query.after.date, id: query.after.id };
  while (found.length <= query.limit) {
    const lines = await readLines(sql, { ...scope, ...timesOf(query.dates), descending, after, limit: atOnce });
    for (const line of lines) {
      const event = auditEventOf(line, { person: reader.patient, organisations, own: isOwn(line, reader) });
      const { tokens } = searchValuesOf(event);
      if (fits(line, tokens, query) && withinScopes(reader, 's', tokens))
        found.push({ row: auditRow(event), tokens, at: line.at });
    }
    const last = lines.at(-1);
    if (last === undefined || lines.length < atOnce) break;
    after = { at: last.at, id: last.id };
  }
  await auditAct(
    sql,
    reader,
    { action: 'search', type: 'AuditEvent', ids: query.ids ?? [] },
    Math.min(found.length, query.limit),
  );
  const page = found.slice(0, query.limit);
  const last = page.at(-1);
  const wanted = page.flatMap(({ tokens }) =>
    tokens.flatMap((token) =>
      includes.flatMap((name) => (token.startsWith(`${name}=`) ? [token.slice(name.length + 1)] : [])),
    ),
  );
  return {
    rows: page.map(({ row }) => row),
    references: referencesFrom(wanted),
    last: found.length > query.limit && last !== undefined ? { date: last.at, id: last.row.id } : undefined,
  };
}

/** One of them; undefined for a line that is not there, and for one of somebody else. */
export async function readAuditEvent(sql: Sql, reader: Reader, id: string): Promise<ReadRow | undefined> {
  const [line] = await readLines(sql, { ...(await linesOf(sql, reader)), id, descending: true, limit: 1 });
  await auditAct(sql, reader, { action: 'read', type: 'AuditEvent', ids: [id] }, line === undefined ? 0 : 1);
  if (line === undefined) return undefined;
  const organisations = await namesOfOrganisations(sql);
  const event = auditEventOf(line, { person: reader.patient, organisations, own: isOwn(line, reader) });
  return withinScopes(reader, 'r', searchValuesOf(event).tokens) ? auditRow(event) : undefined;
}

/** Whose lines this reader may be told of. */
async function linesOf(sql: Sql, reader: Reader): Promise<Pick<LineQuery, 'people' | 'user'>> {
  const people = reader.patient === directory ? [] : await everyIdOf(sql, reader.patient);
  return reader.access.ground === 'self' ? { people } : { people, user: reader.user };
}

function isOwn({ user }: AuditLine, reader: Reader): boolean {
  return user?.id === reader.user.id && user.organisation === reader.user.organisation;
}

/** A scope with a query (SMART 2.2, finer-grained resource constraints) gives only what it fits. */
function withinScopes({ scopes }: Reader, letter: string, tokens: readonly string[]): boolean {
  return scopes.some(
    ({ type, actions, only = [] }) =>
      (type === '*' || type === 'AuditEvent') &&
      actions.includes(letter) &&
      only.every((group) => group.some((token) => tokens.includes(token))),
  );
}

/** The bounds that dates give together; those that exclude a span in the middle are looked at line by line. */
function timesOf(dates: readonly DateCondition[]): Pick<LineQuery, 'from' | 'before'> {
  const from = dates.flatMap(({ prefix, span }) =>
    prefix === 'gt' || prefix === 'sa' ? [span.end] : prefix === 'ge' || prefix === 'eq' ? [span.start] : [],
  );
  const before = dates.flatMap(({ prefix, span }) =>
    prefix === 'lt' || prefix === 'eb' ? [span.start] : prefix === 'le' || prefix === 'eq' ? [span.end] : [],
  );
  return { from: from.sort().at(-1), before: before.sort()[0] };
}

function fits({ id, at }: AuditLine, tokens: readonly string[], query: RowQuery): boolean {
  if (query.ids !== undefined && !query.ids.includes(id)) return false;
  const time = Date.parse(at);
  const outside = query.dates.every(
    ({ prefix, span }) => prefix !== 'ne' || time < Date.parse(span.start) || time >= Date.parse(span.end),
  );
  return outside && query.tokens.every((group) => group.some((token) => tokens.includes(token)));
}

/** As a row, so that Bundles are made in one way. A line is never changed: its version is 1. */
function auditRow(event: AuditEvent): ReadRow {
  const meta = { versionId: '1', lastUpdated: event.recorded };
  return {
    type: 'AuditEvent',
    id: event.id ?? '',
    version: 1,
    updated: event.recorded,
    content: JSON.stringify({ ...event, meta }),
  };
}
