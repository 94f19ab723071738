import { isDirectoryType, isResourceType } from '../../fhir/resource-types.ts';
import type { Access } from '../access/access.ts';
import { allowed } from '../access/filter.ts';
import { decideAccess } from '../access/policy/decide-access.ts';
import type { Policy } from '../access/policy/policy.ts';
import { readFacts } from '../access/read-facts.ts';
import type { Looker } from '../access/relationship/standing.ts';
import { values } from '../access/statement.ts';
import type { Sql } from '../store/database.ts';
import { resourceId } from '../store/ids.ts';
import { directory } from '../store/rows.ts';
import type { FhirContext } from './launch-request.ts';

/** What a launch hands to the app beside person and visit (SMART 2.2, launch context). */
export interface LaunchContext {
  intent: string | undefined;
  tenant: string | undefined;
  smartStyleUrl: string | undefined;
  fhirContext: FhirContext | undefined;
}

/**
 * What whoever is launched will be given. The ground that a system gives, by having the person as its own, is kept only with
 * the authorization that follows; what they declared before stands already.
 */
export async function accessAtLaunch(sql: Sql, policy: Policy, looker: Looker): Promise<Access> {
  const facts = await readFacts(sql, { ...looker, grant: '' });
  const own = await sql.query('SELECT FROM source_patient WHERE source = $1::text AND person = $2::text LIMIT 1', [
    looker.from,
    looker.patient,
  ]);
  const ground = facts.ground === 'none' && own.length > 0 ? 'system' : facts.ground;
  return decideAccess(policy, { ...facts, ground });
}

/**
 * The hub's id of an encounter of this person, given that id or the source's own. Undefined when the hub holds none
 * such for this person (it may not have come yet, be withheld from this user, or be another person's): the launch then has no encounter in context.
 */
export async function resolveEncounter(
  sql: Sql,
  access: Access,
  source: string,
  patient: string,
  encounter: string,
): Promise<string | undefined> {
  return resolve(sql, access, source, patient, 'Encounter', encounter);
}

/**
 * The items with references in the hub's own form. A reference may be by the hub's id or the source's own, to what is in
 * this person's record and not withheld, or to a service, a member of staff or a place. Undefined when one leads nowhere
 * else: another person's, withheld and not there are not told apart.
 */
export async function resolveContext(
  sql: Sql,
  access: Access,
  source: string,
  patient: string,
  items: FhirContext,
): Promise<FhirContext | undefined> {
  const resolved: FhirContext = [];
  for (const item of items) {
    if (item.reference === undefined) {
      resolved.push(item);
      continue;
    }
    const [type = '', id = ''] = item.reference.split('/');
    const found = type === 'Patient' ? own(patient, id) : await resolve(sql, access, source, patient, type, id);
    if (found === undefined) return undefined;
    resolved.push({ ...item, reference: `${type}/${found}` });
  }
  return resolved;
}

function own(patient: string, id: string): string | undefined {
  return id === patient ? id : undefined;
}

async function resolve(
  sql: Sql,
  access: Access,
  source: string,
  patient: string,
  type: string,
  id: string,
): Promise<string | undefined> {
  if (!isResourceType(type)) return undefined;
  const bound = values();
  const rows = await sql.query<{ id: string }>(
    `SELECT id FROM resource WHERE patient = ${bound.bind(isDirectoryType(type) ? directory : patient, 'text')}
       AND type = ${bound.bind(type, 'text')} AND id = ANY (${bound.bind([id, resourceId(source, type, id)], 'text[]')})
       AND ${allowed({ access }, bound)} LIMIT 1`,
    bound.list,
  );
  return rows[0]?.id;
}

/** The same as members of the token response and of an introspection. */
export function contextMembers(context: LaunchContext | undefined): Record<string, unknown> {
  const { intent, tenant, smartStyleUrl, fhirContext } = context ?? {};
  const members = { intent, tenant, smart_style_url: smartStyleUrl, fhirContext };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
