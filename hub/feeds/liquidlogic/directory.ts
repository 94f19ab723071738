import type { CodeableConcept, FhirResource, Organization, Practitioner, PractitionerRole } from 'fhir/r4';
import { odsSystem, sdsUserSystem } from '../../../fhir/systems.ts';
import type { KeptPiece, Piece, ReadShared, Told } from '../format.ts';
import { organisationSchema, staffSchema, type Organisation, type Staff } from './extension-schema.ts';
import { listed, plainly } from './told.ts';

export const organisationsScope = 'organisations';
export const staffScope = 'staff';

/** The council's teams, providers and staff; one that is not as specified is refused by its place. */
export function directoryPieces(
  organisations: readonly unknown[],
  staff: readonly unknown[],
  at: string,
  doubts: string[],
): Piece[] {
  const pieces: Piece[] = [];
  const keep = (scope: string, value: { id: string }): void => {
    pieces.push({ subject: '', scope, name: value.id, at, content: JSON.stringify(value) });
  };
  for (const [place, value] of organisations.entries()) {
    const read = organisationSchema.safeParse(value);
    if (read.success) keep(organisationsScope, read.data);
    else doubts.push(`organisations[${place}] is not as specified: not taken.`);
  }
  for (const [place, value] of staff.entries()) {
    const read = staffSchema.safeParse(value);
    if (read.success) keep(staffScope, read.data);
    else doubts.push(`staff[${place}] is not as specified: not taken.`);
  }
  return pieces;
}

/** What is about nobody in particular, as resources for every reader. */
export function tellDirectory(scope: string, pieces: readonly KeptPiece[]): Told {
  const values = pieces.filter(({ content }) => content !== '').map(({ content }) => content);
  const resources: FhirResource[] =
    scope === organisationsScope
      ? values.map((content) => organisationResource(JSON.parse(content) as Organisation))
      : scope === staffScope
        ? values.flatMap((content) => staffResources(JSON.parse(content) as Staff))
        : [];
  return { resources: plainly(resources), doubts: [] };
}

function organisationResource({ id, name, kind, partOf, cqcLocation, phone }: Organisation): Organization {
  const identifier = [
    ...(kind === 'authority' ? [{ system: odsSystem, value: id }] : []),
    ...(cqcLocation === undefined ? [] : [cqcIdentifier(cqcLocation)]),
  ];
  return {
    resourceType: 'Organization',
    id,
    identifier: listed(identifier),
    active: true,
    type: [{ text: { authority: 'Council', team: 'Council team', provider: 'Care provider' }[kind] }],
    name,
    partOf: partOf === undefined ? undefined : { reference: `Organization/${partOf}` },
    telecom: phone === undefined ? undefined : [{ system: 'phone', value: phone }],
  };
}

/** The Care Quality Commission's number of a place of care. */
export function cqcIdentifier(value: string): { system: string; value: string } {
  return { system: 'https://api.cqc.org.uk/public/v1/locations', value };
}

function staffResources({ id, sdsUserId, name, role, team }: Staff): FhirResource[] {
  const text = spoken(name);
  const practitioner: Practitioner = {
    resourceType: 'Practitioner',
    id,
    identifier: sdsUserId === undefined ? undefined : [{ system: sdsUserSystem, value: sdsUserId }],
    active: true,
    name: [
      {
        use: 'official',
        family: name.family,
        given: name.given === undefined ? undefined : [name.given],
        prefix: name.prefix === undefined ? undefined : [name.prefix],
        text,
      },
    ],
  };
  if (role === undefined && team === undefined) return [practitioner];
  const post: PractitionerRole = {
    resourceType: 'PractitionerRole',
    id: `${id}-role`,
    active: true,
    practitioner: { reference: `Practitioner/${id}`, display: text },
    organization: team === undefined ? undefined : { reference: `Organization/${team}` },
    code: role === undefined ? undefined : [roleOf(role)],
  };
  return [practitioner, post];
}

/** SDS job roles (UK Core), where the council states the code. */
function roleOf({ code, name }: NonNullable<Staff['role']>): CodeableConcept {
  const system = 'https://fhir.hl7.org.uk/CodeSystem/UKCore-SDSJobRoleName';
  return code === undefined ? { text: name } : { coding: [{ system, code, display: name }], text: name };
}

function spoken({ prefix, given, family }: Staff['name']): string {
  return [prefix, given, family].filter((part) => part !== undefined).join(' ');
}

/** The names of those a person's record refers to, as far as the council has told them. */
export interface Names {
  staff(id: string): string | undefined;
  organisation(id: string): string | undefined;
}

export async function readNames(
  shared: ReadShared,
  staff: readonly string[],
  organisations: readonly string[],
): Promise<Names> {
  const [people, places] = [await shared(staffScope, staff), await shared(organisationsScope, organisations)];
  return {
    staff: (id) => {
      const content = people.get(id);
      return content === undefined ? undefined : spoken((JSON.parse(content) as Staff).name);
    },
    organisation: (id) => {
      const content = places.get(id);
      return content === undefined ? undefined : (JSON.parse(content) as Organisation).name;
    },
  };
}
