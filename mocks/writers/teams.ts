import { date } from '../borough/clock.ts';
import { professionalOf } from '../borough/professionals.ts';
import { type Pen, organisationReference, staffReference, metaOf } from './pen.ts';

export function writeTeams(pen: Pen): void {
  for (const team of pen.life.teams) {
    if (!team.tellers.includes(pen.source) || team.from > pen.asAt) continue;
    pen.add({
      resourceType: 'CareTeam',
      id: team.id,
      ...metaOf(team.labels),
      status: team.until === undefined ? 'active' : 'inactive',
      name: team.name,
      subject: pen.patient,
      period: { start: date(team.from), end: team.until === undefined ? undefined : date(team.until) },
      participant: team.members.map(({ staff, role, keyWorker }) => ({
        role: [{ text: keyWorker === true ? `${role}, key worker` : role }],
        member: staffReference(staff),
        onBehalfOf: organisationReference(professionalOf(staff).organisation),
      })),
      managingOrganization: [organisationReference(pen.organisation)],
      telecom: [{ system: 'phone', value: '020 7946 0706' }],
    });
  }
}
