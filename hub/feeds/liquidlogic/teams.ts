import type { CareTeam, CareTeamParticipant } from 'fhir/r4';
import type { Item } from './extension-schema.ts';
import { hadCome, type Extension } from './extension.ts';
import { metaOf, organisation, ownId, periodOf, staff, type Teller } from './teller.ts';
import { listed } from './told.ts';

type Member = Item<'teams'>['members'][number];

/** Who works with the person, the key worker marked. */
export function tellTeams(teller: Teller, extension: Extension): void {
  for (const { value, piece } of extension.items('teams')) {
    const { id, labels, name, from, until, phone, members } = value;
    const team: CareTeam = {
      resourceType: 'CareTeam',
      id: ownId(teller, 'team', id),
      ...metaOf(labels),
      status: hadCome(until, piece.at) ? 'inactive' : 'active',
      name,
      subject: teller.patient,
      period: periodOf(from, until),
      participant: listed(members.map((member) => participantOf(teller, member))),
      managingOrganization: [organisation(teller, teller.council)],
      telecom: phone === undefined ? undefined : [{ system: 'phone', value: phone }],
    };
    teller.resources.push(team);
  }
}

function participantOf(teller: Teller, { staff: id, role, keyWorker, from, until }: Member): CareTeamParticipant {
  return {
    role: [{ text: keyWorker === true ? `${role}, key worker` : role }],
    member: staff(teller, id),
    onBehalfOf: organisation(teller, teller.council),
    period: periodOf(from, until),
  };
}
