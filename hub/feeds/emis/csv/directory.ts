import type { FhirResource, Location, Organization, Practitioner, PractitionerRole } from 'fhir/r4';
import { odsSystem } from '../../../../fhir/systems.ts';
import type { KeptPiece, ReadShared, Told } from '../../format.ts';
import { ukCore } from './codes.ts';
import { day } from './dates.ts';
import { guid, readRow, type Row } from './row.ts';
import { list } from './told.ts';
import { staffName } from './words.ts';

/** What the tables about nobody in particular come to: practices, places and staff. Code lists are only read by others. */
export async function tellDirectory(scope: string, pieces: readonly KeptPiece[], shared: ReadShared): Promise<Told> {
  const rows = pieces
    .filter(({ content }) => content !== '')
    .map(({ name, content }) => [name, readRow(content)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  switch (scope) {
    case 'Admin_Organisation':
      return { resources: rows.map(([id, row]) => organisation(id, row)), doubts: [] };
    case 'Admin_Location':
      return { resources: await locations(rows, shared), doubts: [] };
    case 'Admin_UserInRole':
      return { resources: rows.flatMap(([id, row]) => staff(id, row)), doubts: [] };
    case 'Agreements_SharingOrganisation':
      return { resources: [], doubts: agreements(rows.map(([, row]) => row)) };
    default:
      return { resources: [], doubts: [] };
  }
}

function organisation(id: string, row: Row): Organization {
  const parent = guid(row['ParentOrganisationGuid']);
  return {
    resourceType: 'Organization',
    id,
    identifier: row['ODSCode'] === undefined ? undefined : [{ system: odsSystem, value: row['ODSCode'] }],
    active: row['CloseDate'] === undefined,
    type: row['OrganisationType'] === undefined ? undefined : [{ text: row['OrganisationType'] }],
    name: row['OrganisationName'] ?? row['ODSCode'] ?? 'Organisation without a name',
    partOf: parent === undefined ? undefined : { reference: `Organization/${parent}`, display: 'Parent organisation' },
  };
}

/** A place of a practice; people’s homes are not among them. Its owner stands in a table of its own. */
async function locations(rows: readonly (readonly [string, Row])[], shared: ReadShared): Promise<Location[]> {
  const owners = new Map<string, string>();
  for (const [name, row] of rows) {
    const [place, owner] = [guid(row['LocationGuid']), guid(row['OrganisationGuid'])];
    if (name.startsWith('owner ') && place !== undefined && owner !== undefined) owners.set(place, owner);
  }
  const names = await shared('Admin_Organisation', [...new Set(owners.values())]);
  return rows
    .filter(([name]) => !name.startsWith('owner '))
    .map(([id, row]): Location => {
      const owner = owners.get(id);
      const known = owner === undefined ? undefined : names.get(owner);
      return {
        resourceType: 'Location',
        id,
        status: row['CloseDate'] === undefined ? 'active' : 'inactive',
        name: row['LocationName'] ?? 'Place without a name',
        mode: 'instance',
        type: row['LocationTypeDescription'] === undefined ? undefined : [{ text: row['LocationTypeDescription'] }],
        telecom: row['PhoneNumber'] === undefined ? undefined : [{ system: 'phone', value: row['PhoneNumber'] }],
        address: addressOf(row),
        managingOrganization:
          owner === undefined
            ? undefined
            : {
                reference: `Organization/${owner}`,
                display:
                  (known === undefined ? undefined : readRow(known)['OrganisationName']) ?? 'Name not in the extract',
              },
      };
    });
}

function addressOf(row: Row): Location['address'] {
  const line = list(row['HouseNameFlatNumber'], row['NumberAndStreet'], row['Village']);
  if (line === undefined && row['Postcode'] === undefined) return undefined;
  return { line, city: row['Town'], district: row['County'], postalCode: row['Postcode'] };
}

function staff(id: string, row: Row): FhirResource[] {
  const ended = day(row['ContractEndDate']);
  const organisationId = guid(row['OrganisationGuid']);
  const code = row['JobCategoryCode'];
  const practitioner: Practitioner = {
    resourceType: 'Practitioner',
    id,
    active: ended === undefined,
    name: [
      {
        use: 'official',
        family: row['Surname'],
        given: list(row['GivenName']),
        prefix: list(row['Title']),
        text: staffName(row),
      },
    ],
  };
  const start = day(row['ContractStartDate']);
  const role: PractitionerRole = {
    resourceType: 'PractitionerRole',
    id: `${id}-role`,
    active: ended === undefined,
    period: start === undefined && ended === undefined ? undefined : { start, end: ended },
    practitioner: { reference: `Practitioner/${id}`, display: staffName(row) },
    organization:
      organisationId === undefined ? undefined : { reference: `Organization/${organisationId}`, display: 'Employer' },
    code:
      code === undefined
        ? undefined
        : [
            /^R\d{4}$/.test(code)
              ? ukCore('SDSJobRoleName', code, row['JobCategoryName'])
              : { text: row['JobCategoryName'] ?? code },
          ],
  };
  return [practitioner, role];
}

/** A practice that has ended its agreement sends nothing more: its records would grow old without a word (T3). */
function agreements(rows: readonly Row[]): string[] {
  const ended = rows.filter(
    (row) => /^true$/i.test(row['Disabled'] ?? '') || /^false$/i.test(row['IsActivated'] ?? ''),
  );
  return ended.length === 0
    ? []
    : [`${ended.length} sharing agreements are not in force: those practices send nothing more`];
}
