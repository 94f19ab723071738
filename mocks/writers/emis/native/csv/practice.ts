import { organisationOf, places } from '../../../../borough/places.ts';
import { professionals } from '../../../../borough/professionals.ts';
import { organisationGuid, userGuid } from './cells.ts';
import { guid } from './guid.ts';
import type { Ledger } from './ledger.ts';

/** The practice itself, where it sees people, and who works there. */
export function writePractice(ods: string, ledger: Ledger): void {
  const { name } = organisationOf(ods);
  const id = organisationGuid(ods);
  const surgeries = places.filter(({ organisation }) => organisation === ods);
  ledger.put('Admin_Organisation', id, {
    OrganisationGuid: id,
    CDB: String(10_000 + Number(ods.replaceAll(/\D/g, ''))),
    OrganisationName: name,
    ODSCode: ods,
    OrganisationType: 'General Practice',
    OpenDate: '1974-04-01',
    MainLocationGuid: surgeries[0] === undefined ? undefined : guid(`location ${surgeries[0].id}`),
  });
  ledger.put('Agreements_SharingOrganisation', id, {
    OrganisationGuid: id,
    IsActivated: 'true',
    LastModifiedDate: '2026-04-01',
    Disabled: 'false',
    Deleted: 'false',
  });
  for (const [index, surgery] of surgeries.entries()) {
    const location = guid(`location ${surgery.id}`);
    ledger.put('Admin_Location', location, {
      LocationGuid: location,
      LocationName: surgery.name,
      LocationTypeDescription: surgery.type.text,
      Town: 'London',
      Deleted: 'false',
    });
    ledger.put('Admin_OrganisationLocation', `${id} ${location}`, {
      OrganisationGuid: id,
      LocationGuid: location,
      IsMainLocation: index === 0 ? 'true' : 'false',
      Deleted: 'false',
    });
  }
  for (const { id: staff, name: of, role, organisation } of professionals) {
    if (organisation !== ods) continue;
    const user = userGuid(staff);
    ledger.put('Admin_UserInRole', user, {
      UserInRoleGuid: user,
      OrganisationGuid: id,
      Title: of.prefix,
      GivenName: of.given,
      Surname: of.family,
      JobCategoryCode: role.code,
      JobCategoryName: role.name,
      ContractStartDate: '2015-09-01',
    });
  }
}
