import type { CareTeam, ContactPoint, Reference, Resource } from 'fhir/r4';
import { type LookContext, nameOf, resolve } from '../context.ts';
import { date, firstConcept, items, keyOf, text } from '../read.ts';
import { capital } from '../words.ts';
import { keyItem, type KeyFacts, type KeyItem } from './topics.ts';

/** Somebody in the care team, and how to reach them as the source states it. */
export interface TeamMember extends KeyItem {
  /** `Social worker`. */
  role: string | undefined;
  /** The team: `Hospital Discharge Team`. */
  team: string | undefined;
  contacts: { kind: 'phone' | 'email' | 'other'; value: string }[];
}

/** The members of the care teams in force; the person themselves is no member of the list. */
export function careTeamOf(facts: KeyFacts): TeamMember[] {
  const context: LookContext = { now: facts.now, included: facts.included, patientId: facts.patientId };
  const members: TeamMember[] = [];
  for (const resource of facts.topics.CareTeam.resources) {
    const team = resource as CareTeam;
    if (team.resourceType !== 'CareTeam' || !isInForce(team, facts.now)) continue;
    const teamName = text(team.name) ?? firstConcept(team.category);
    for (const [place, participant] of items(team.participant).entries()) {
      const end = date(participant.period?.end);
      if (isPerson(participant.member) || (end !== undefined && end.end <= facts.now)) continue;
      const name = nameOf(participant.member, team, context);
      const role = firstConcept(participant.role);
      if (name === undefined && role === undefined) continue;
      const reached = [
        ...contactsOf(participant.member, team, context),
        ...contactsOf(participant.onBehalfOf, team, context),
      ];
      members.push({
        ...keyItem(team, facts, { text: name ?? 'Name not recorded', recorded: date(participant.period?.start) }),
        key: `${keyOf(team)}#${place}`,
        role: role === undefined ? undefined : capital(role),
        team: nameOf(participant.onBehalfOf, team, context) ?? teamName,
        contacts: reached.length > 0 ? reached : pointsOf(team.telecom),
      });
    }
  }
  return members;
}

function isInForce(team: CareTeam, now: number): boolean {
  const end = date(team.period?.end);
  const status = text(team.status);
  return (
    status !== 'inactive' &&
    status !== 'entered-in-error' &&
    status !== 'proposed' &&
    (end === undefined || end.end > now)
  );
}

function isPerson(member: Reference | undefined): boolean {
  return /^Patient\b/.test(text(member?.reference) ?? text(member?.type) ?? '');
}

function contactsOf(reference: Reference | undefined, owner: Resource, context: LookContext): TeamMember['contacts'] {
  const found: (Resource & { telecom?: ContactPoint[] }) | undefined = resolve(reference, owner, context);
  return pointsOf(found?.telecom);
}

function pointsOf(telecom: ContactPoint[] | undefined): TeamMember['contacts'] {
  const points: TeamMember['contacts'] = [];
  for (const point of items(telecom)) {
    const value = text(point.value);
    if (value === undefined || point.use === 'old' || point.use === 'home') continue;
    const kind = point.system === 'phone' || point.system === 'email' ? point.system : 'other';
    points.push({ kind, value });
  }
  return points;
}
