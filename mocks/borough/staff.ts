import type { SourceId } from '../../fhir/sources.ts';
import { organisationOf } from './places.ts';
import { professionalOf, spokenName } from './professionals.ts';

/** A system with a desk and an icon; the person's own readings have none. */
export type DeskSystem = Exclude<SourceId, 'patient'>;

/** Someone who can be at a desk, as a clinical system or the sign-on would state them. */
export interface DeskUser {
  /** SDS user id: twelve digits. */
  id: string;
  name: string;
  /** SDS job role: `R0260`, `General Medical Practitioner`. */
  role: string;
  roleName: string;
  /** ODS code and name. */
  organisation: string;
  organisationName: string;
}

function deskUser(professional: string): DeskUser {
  const person = professionalOf(professional);
  return {
    id: person.sdsUser,
    name: spokenName(person),
    role: person.role.code,
    roleName: person.role.name,
    organisation: person.organisation,
    organisationName: organisationOf(person.organisation).name,
  };
}

/** Who sits at each desk; the first is there unless another is asked for. */
export const deskStaff: Record<DeskSystem, DeskUser[]> = {
  emis: [deskUser('F83063-gp1'), deskUser('F83063-nurse'), deskUser('F83008-gp1')],
  'system-c': [deskUser('RKE-430'), deskUser('RKE-ed2'), deskUser('RKE-ward-nurse')],
  adastra: [deskUser('XLCW1-gp1'), deskUser('XLCW1-clinician')],
  carecast: [deskUser('RRV-300'), deskUser('RRV-ward-nurse')],
  liquidlogic: [deskUser('706-sw1'), deskUser('706-sw2'), deskUser('706-ot')],
};

/** Who keeps the hub running; no clinician. */
export const operatorStaff: DeskUser = {
  id: '555900000017',
  name: 'Marcin Zielinski',
  role: 'R8008',
  roleName: 'Admin/Clinical Support Access Role',
  organisation: '706',
  organisationName: organisationOf('706').name,
};

/** Who looks at who looked; no clinician either. */
export const privacyStaff: DeskUser = {
  id: '555900000025',
  name: 'Marian Clegg',
  role: 'R0001',
  roleName: 'Privacy Officer',
  organisation: '706',
  organisationName: organisationOf('706').name,
};

/** Who may sign on from the intranet: one of each kind. */
export const intranetStaff: DeskUser[] = [
  deskUser('F83063-gp1'),
  deskUser('RKE-430'),
  deskUser('XLCW1-gp1'),
  deskUser('RKE-district1'),
  deskUser('706-sw1'),
  operatorStaff,
  privacyStaff,
];
