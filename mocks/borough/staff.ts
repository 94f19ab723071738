import type { SourceId } from '../../fhir/sources.ts';
import { organisationOf, organisations } from './places.ts';
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

function deskUser(number: number, professional: string): DeskUser {
  const person = professionalOf(professional);
  return {
    id: `5550${String(number).padStart(8, '0')}`,
    name: spokenName(person),
    role: person.role.code,
    roleName: person.role.name,
    organisation: person.organisation,
    organisationName: organisationOf(person.organisation).name,
  };
}

/** Who sits at each desk; the first is there unless another is asked for. */
export const deskStaff: Record<DeskSystem, DeskUser[]> = {
  emis: [deskUser(101, 'F83063-gp1'), deskUser(102, 'F83063-nurse'), deskUser(103, 'F83008-gp1')],
  'system-c': [deskUser(201, 'RKE-430'), deskUser(202, 'RKE-ed2'), deskUser(203, 'RKE-ward-nurse')],
  adastra: [deskUser(301, 'XLCW1-gp1'), deskUser(302, 'XLCW1-clinician')],
  carecast: [deskUser(401, 'RRV-300'), deskUser(402, 'RRV-ward-nurse')],
  liquidlogic: [deskUser(501, '706-sw1'), deskUser(502, '706-sw2'), deskUser(503, '706-ot')],
};

/** Who may sign on from the intranet: one of each kind. */
export const intranetStaff: DeskUser[] = [
  deskUser(101, 'F83063-gp1'),
  deskUser(201, 'RKE-430'),
  deskUser(301, 'XLCW1-gp1'),
  deskUser(204, 'RKE-district1'),
  deskUser(501, '706-sw1'),
];

export { organisations };
