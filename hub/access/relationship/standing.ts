import type { Sql } from '../../store/database.ts';
import { isoInstant } from '../../store/iso-instant.ts';
import { values, type Values } from '../statement.ts';
import { isDeclaredGround, type Declaration, type DeclaredGround } from './grounds.ts';

/** Who looks at whose record, and from where. A `Reader` is one. */
export interface Looker {
  /** The hub's Patient id. */
  patient: string;
  user: { id: string; name: string; role: string; organisation: string };
  /** Source id of the launching system, or `intranet`. */
  from: string;
}

/** A ground that stands at this moment. Instants are ISO 8601. */
export interface Standing {
  ground: 'system' | DeclaredGround;
  reason: string | undefined;
  since: string;
  /** Undefined for as long as the person is that system's own. */
  until: string | undefined;
}

/**
 * The grounds on which this reader looks now, as rows of `relationship`, in the order in which they are told where several
 * stand: the system's own before a declared one, the newest first (086.do.access-facts.sql has the rule).
 */
export function standingGrounds({ patient, user, from }: Looker, bound: Values): string {
  const given = [patient, user.id, user.organisation, from].map((value) => bound.bind(value, 'text'));
  return `standing_grounds(${given.join(', ')})`;
}

interface StandingRow {
  ground: string;
  reason: string | null;
  since: string;
  until: string | null;
}

/** The ground on which this reader reads now; undefined where there is none. */
export async function standingGround(sql: Sql, looker: Looker): Promise<Standing | undefined> {
  return (await grounds(sql, looker, 'true'))[0];
}

/** What this reader declared and still stands, whether or not a system gives them a ground as well. */
export async function standingDeclaration(sql: Sql, looker: Looker): Promise<(Standing & Declaration) | undefined> {
  const [first] = await grounds(sql, looker, `ground <> 'system'`);
  return first === undefined || first.ground === 'system' ? undefined : { ...first, ground: first.ground };
}

async function grounds(sql: Sql, looker: Looker, which: string): Promise<Standing[]> {
  const bound = values();
  const rows = await sql.query<StandingRow>(
    `select ground, reason, since, until from ${standingGrounds(looker, bound)} where ${which} limit 1`,
    bound.list,
  );
  return rows.map(({ ground, reason, since, until }) => ({
    ground: isDeclaredGround(ground) ? ground : 'system',
    reason: reason ?? undefined,
    since: isoInstant(since),
    until: until === null ? undefined : isoInstant(until),
  }));
}
