import { directory } from '../store/rows.ts';
import type { Sql } from '../store/database.ts';
import { requestId } from './request-id.ts';
import { storableValue } from '../store/storable.ts';

/** Who acts, as far as it is known. A `Reader` (hub/access) is one. */
export interface AuditActor {
  client: string | undefined;
  grant: string | undefined;
  user: { id: string; name: string; role: string; organisation: string } | undefined;
  /** The person it is about, by the hub's Patient id; undefined where there is none. */
  patient: string | undefined;
  purpose: string | undefined;
  /** The clinical system it came from, or `intranet`. */
  from: string | undefined;
  /** Stated by the reader. */
  reason: string | undefined;
}

/** What was done or refused. */
export interface AuditAct {
  /** `read`, `vread`, `search`, `include`; other parts add words of their own: `launch`, `find-person`. */
  action: string;
  type?: string | undefined;
  ids?: readonly string[] | undefined;
  /** What was asked, in parameter names, prefixes and dates: never a value that somebody typed. */
  query?: string | undefined;
  /** Why it was refused, or what else a later reader of the audit needs. */
  detail?: string | undefined;
}

const nobody: AuditActor = {
  client: undefined,
  grant: undefined,
  user: undefined,
  patient: undefined,
  purpose: undefined,
  from: undefined,
  reason: undefined,
};

/**
 * The audit row of one act as an `insert`, to stand in a CTE beside the read itself, so that neither happens without the
 * other.
 * @param found SQL for how many rows the act gave out
 * @param bind binds a value of the statement and answers its place
 */
export function auditInsert(
  actor: AuditActor,
  act: AuditAct,
  outcome: 'served' | 'refused',
  found: string,
  bind: (value: unknown, type: string) => string,
): string {
  const columns: [string, string][] = [
    ['patient', bind(actor.patient ?? directory, 'text')],
    ['user_id', bind(actor.user?.id, 'text')],
    ['user_name', bind(actor.user?.name, 'text')],
    ['user_role', bind(actor.user?.role, 'text')],
    ['user_organisation', bind(actor.user?.organisation, 'text')],
    ['client', bind(actor.client, 'text')],
    ['grant_id', bind(actor.grant, 'text')],
    ['opened_from', bind(actor.from, 'text')],
    ['reason', bind(actor.reason, 'text')],
    ['purpose', bind(actor.purpose, 'text')],
    ['action', bind(act.action, 'text')],
    ['type', bind(act.type, 'text')],
    ['ids', bind(act.ids ?? [], 'text[]')],
    ['query', bind(act.query, 'text')],
    ['outcome', bind(outcome, 'text')],
    ['detail', bind(act.detail, 'text')],
    ['found', found],
    ['request_id', bind(requestId(), 'text')],
  ];
  const names = columns.map(([name]) => name).join(', ');
  return `insert into audit (${names}) select ${columns.map(([, value]) => value).join(', ')}`;
}

/** Writes an act that is no read of rows: a launch, a search for a person, a release. Answers the line's id. */
export async function auditAct(sql: Sql, actor: AuditActor, act: AuditAct, found = 0): Promise<string> {
  return write(sql, actor, act, 'served', found);
}

/**
 * Writes that something was refused: to a known reader, or, without one, to a caller whose token named nobody. Run it on
 * the database itself, not in a transaction that is about to be rolled back.
 */
export async function auditRefusal(sql: Sql, reader: AuditActor | undefined, act: AuditAct): Promise<void> {
  await write(sql, reader ?? nobody, act, 'refused', 0);
}

async function write(
  sql: Sql,
  actor: AuditActor,
  act: AuditAct,
  outcome: 'served' | 'refused',
  found: number,
): Promise<string> {
  const list: unknown[] = [];
  const bind = (value: unknown, type: string) => `$${list.push(storableValue(value))}::${type}`;
  const insert = auditInsert(actor, act, outcome, bind(found, 'integer'), bind);
  const [line] = await sql.query<{ id: string }>(`${insert} returning id`, list);
  if (line === undefined) throw new Error('a line of the audit was not written');
  return line.id;
}
