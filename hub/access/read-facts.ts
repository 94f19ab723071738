import type { Sql } from '../store/database.ts';
import type { AccessFacts, Denial, Ground } from './access.ts';
import { standingOrder, standsFor, type Looker } from './relationship/standing.ts';
import { values } from './statement.ts';

interface FactsRow {
  ground: Ground | null;
  broke: boolean;
  choices: { to_organisation: string | null; from_source: string | null; kind: Denial['kind'] | null }[] | null;
}

/**
 * What access is decided from, in one read of the store, at every request: a ground that ended a moment ago is none. That
 * somebody reads of themself, or is a service, is known from where the token came, never from the role that a launch states.
 */
export async function readFacts(sql: Sql, looker: Looker & { grant: string }): Promise<AccessFacts> {
  const { patient, user, from, grant } = looker;
  const bound = values();
  const person = bound.bind(patient, 'text');
  const rows = await sql.query<FactsRow>(
    `select
       (select ground from relationship where ${standsFor(looker, bound)} order by ${standingOrder} limit 1) as ground,
       exists (select from break_glass
         where patient = ${person} and grant_id = ${bound.bind(grant, 'text')} and until > clock_timestamp()) as broke,
       (select json_agg(json_build_object('to_organisation', to_organisation, 'from_source', from_source, 'kind', kind))
         from choice where patient = ${person} and (since is null or since <= clock_timestamp())
           and (until is null or until > clock_timestamp())) as choices`,
    bound.list,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('the grounds of a reader answered no row');
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
