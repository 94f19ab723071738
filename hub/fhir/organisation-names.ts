import { odsSystem } from '../../fhir/systems.ts';
import type { Sql } from '../store/database.ts';
import { directory } from '../store/rows.ts';
import { systemToken } from './tokens.ts';

/** What the directory calls each organisation, by ODS code. */
export async function namesOfOrganisations(sql: Sql): Promise<Map<string, string>> {
  const prefix = systemToken('identifier', odsSystem, '');
  const rows = await sql.query<{ token: string; name: string | null }>(
    `select token, content::json ->> 'name' as name from resource, unnest(tokens) as token
     where patient = $1 and type = 'Organization' and mask = 0 and starts_with(token, $2)`,
    [directory, prefix],
  );
  return new Map(rows.flatMap(({ token, name }) => (name === null ? [] : [[token.slice(prefix.length), name]])));
}
