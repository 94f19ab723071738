import type { Sql } from '../../store/database.ts';
import { values, type Values } from '../statement.ts';
import type { Declaration } from './grounds.ts';
import { standingGrounds, type Looker } from './standing.ts';

// Grounds are only ever added, ended by their date, or revoked: what once let somebody look can be told for good.

/** How long a declared ground lasts (Camden CIDR). */
const declaredFor = `interval '2 years'`;

/**
 * Keeps that the launching system has this person as its own, where it does; answers whether. A ground that stands already
 * is not kept twice.
 */
export async function keepSystemGround(sql: Sql, looker: Looker): Promise<boolean> {
  const bound = values();
  const { patient, from } = looker;
  const standing = `exists (select from ${standingGrounds(looker, bound)} where ground = 'system')`;
  const rows = await sql.query<{ stands: boolean }>(
    `with own as materialized (
       select 1 from source_patient
       where source = ${bound.bind(from, 'text')} and person = ${bound.bind(patient, 'text')} limit 1
     ), kept as (
       ${insert(looker, { ground: 'system', reason: undefined }, 'null::timestamptz', bound)}
       from own where not ${standing}
     )
     select exists (select from own) as stands`,
    bound.list,
  );
  return rows[0]?.stands === true;
}

/** Keeps what a reader declared, with its end. */
export async function keepDeclaration(sql: Sql, looker: Looker, declared: Declaration): Promise<void> {
  const bound = values();
  await sql.query(insert(looker, declared, `clock_timestamp() + ${declaredFor}`, bound), bound.list);
}

/** Ends what this reader declared about this person; answers how many grounds that were. A system's own is not theirs to end. */
export async function revokeDeclarations(sql: Sql, looker: Looker): Promise<number> {
  const bound = values();
  const rows = await sql.query(
    `update relationship set revoked = clock_timestamp(), revoked_by = ${bound.bind(looker.user.id, 'text')}
     where patient = ${bound.bind(looker.patient, 'text')} and ground <> 'system'
       and id in (select id from ${standingGrounds(looker, bound)}) returning id`,
    bound.list,
  );
  return rows.length;
}

function insert(
  { patient, user, from }: Looker,
  { ground, reason }: { ground: string; reason: string | undefined },
  until: string,
  bound: Values,
): string {
  const text = (value: string | undefined) => bound.bind(value, 'text');
  const words = reason === '' ? undefined : reason;
  return `insert into relationship
      (patient, user_id, user_name, user_role, organisation, ground, reason, opened_from, until)
    select ${text(patient)}, ${text(user.id)}, ${text(user.name)}, ${text(user.role)}, ${text(user.organisation)},
      ${text(ground)}, ${text(words)}, ${text(from)}, ${until}`;
}
