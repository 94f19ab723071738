import type { Practitioner } from 'fhir/r4';
import { sdsUserSystem, sourceTagSystem } from '../../fhir/systems.ts';
import { searchValuesOf } from '../fhir/search-values.ts';
import type { Sql } from '../store/database.ts';
import { resourceId } from '../store/ids.ts';
import { upsertRows } from '../store/resources.ts';
import { directory } from '../store/rows.ts';

// Own rows, apart from the practitioners that feeds describe: a sign-on must not rewrite what a source stated.
const owner = 'sign-on';
const localUserSystem = 'https://fhir.interweavedigital.nhs.uk/Id/local-practitioner-identifier';

/** The hub's Practitioner id of a user of one system: the same at every launch. */
export function practitionerId(system: string, userId: string): string {
  return resourceId(owner, 'Practitioner', `${system}|${userId}`);
}

/**
 * Puts the user into the directory, so that `fhirUser` of the id_token can be read with the token (SMART 2.2, 3.0.5.1).
 * A twelve-digit id is a national (SDS) user id, any other one is the system's own.
 */
export async function upsertPractitioner(
  sql: Sql,
  system: string,
  user: { id: string; name: string; practitioner: string },
): Promise<void> {
  const national = /^\d{12}$/.test(user.id);
  const resource: Practitioner = {
    resourceType: 'Practitioner',
    id: user.practitioner,
    meta: { tag: [{ system: sourceTagSystem, code: system }] },
    identifier: [
      national ? { system: sdsUserSystem, value: user.id } : { system: localUserSystem, value: `${system}-${user.id}` },
    ],
    active: true,
    name: [{ text: user.name }],
  };
  await upsertRows(sql, [
    {
      patient: directory,
      type: 'Practitioner',
      id: user.practitioner,
      source: owner,
      origin: `${owner}|${system}`,
      mask: 0,
      search: searchValuesOf(resource),
      content: JSON.stringify(resource),
    },
  ]);
}
