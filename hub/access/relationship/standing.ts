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
 * Which rows of `relationship` are a ground for this reader now. One given by a system holds on the way in from that system,
 * while the person is its own; a declared one until its end, at the organisation it was declared for. A user id that is not
 * national (twelve digits, SDS) is somebody else's in another system (false join), and counts only where it came from.
 */
export function standsFor({ patient, user, from }: Looker, bound: Values): string {
  const opened = bound.bind(from, 'text');
  return `patient = ${bound.bind(patient, 'text')} and user_id = ${bound.bind(user.id, 'text')}
    and organisation = ${bound.bind(user.organisation, 'text')} and revoked is null
    and case ground when 'system' then opened_from = ${opened} and exists (
        select from source_patient where source = relationship.opened_from and person = relationship.patient)
      else until > clock_timestamp() and (opened_from = ${opened} or user_id ~ '^[0-9]{12}$') end`;
}

/** In what order grounds are told where several stand: the system's own before a declared one, the newest first. */
export const standingOrder = `(ground = 'system') desc, since desc, id`;

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
    `select ground, reason, since, until from relationship where ${standsFor(looker, bound)} and ${which}
     order by ${standingOrder} limit 1`,
    bound.list,
  );
  return rows.map(({ ground, reason, since, until }) => ({
    ground: isDeclaredGround(ground) ? ground : 'system',
    reason: reason ?? undefined,
    since: isoInstant(since),
    until: until === null ? undefined : isoInstant(until),
  }));
}
