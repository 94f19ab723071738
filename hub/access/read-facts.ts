import type { Sql } from '../store/database.ts';
import type { AccessFacts, Denial, Ground } from './access.ts';
import type { Looker } from './relationship/standing.ts';
import { values } from './statement.ts';

/** What the store knows of a looker at one person's record at one moment (086.do.access-facts.sql). */
export interface FactsRow {
  ground: Ground | null;
  broke: boolean;
  choices: { to_organisation: string | null; from_source: string | null; kind: Denial['kind'] | null }[] | null;
}

/** What access is decided from, in one read of the store, at every request: a ground that ended a moment ago is none. */
export async function readFacts(sql: Sql, looker: Looker & { grant: string }): Promise<AccessFacts> {
  const { patient, user, from, grant } = looker;
  const bound = values();
  const given = [patient, user.id, user.organisation, from, grant].map((value) => bound.bind(value, 'text'));
  const [row] = await sql.query<FactsRow>(`select * from access_facts(${given.join(', ')})`, bound.list);
  if (row === undefined) throw new Error('the grounds of a reader answered no row');
  return factsOf(looker, row);
}

/**
 * The same of a row that was read. That somebody reads of themself, or is a service, is known from where the token came,
 * never from the role that a launch states.
 */
export function factsOf({ user, from }: Pick<Looker, 'user' | 'from'>, row: FactsRow): AccessFacts {
  return {
    role: user.role,
    organisation: user.organisation,
    ground: ownGround(user.role, from) ?? row.ground ?? 'none',
    brokeGlass: row.broke,
    denials: (row.choices ?? []).map((choice) => ({
      toOrganisation: choice.to_organisation ?? undefined,
      fromSource: choice.from_source ?? undefined,
      kind: choice.kind ?? undefined,
    })),
  };
}

/** The ground that needs no row: the person's own sign-in, and a service's registration. */
function ownGround(role: string, from: string): Ground | undefined {
  if (from === 'person') return role === 'person' ? 'self' : 'none';
  if (from === 'service') return role === 'service' ? 'service' : 'none';
  return undefined;
}
