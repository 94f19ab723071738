import { practices, specialties } from './places.ts';

/** Someone who works in care: invented, with a job role of the SDS list (UK Core SDSJobRoleName). */
export interface Professional {
  id: string;
  /** SDS user id: twelve digits. */
  sdsUser: string;
  name: { prefix: string; given: string; family: string };
  role: { code: string; name: string };
  /** ODS code of the employer. */
  organisation: string;
  /** Hospital doctors' specialty. */
  specialty?: string;
  team?: string;
}

const given = (
  'Adaeze Samuel Priya Eleni Marcus Fatima Tomasz Grace Hannah Yusuf Leila Owen ' +
  'Ngozi Daniel Sofia Kwame Ruth Imran Chloe Anders Meera Joseph Bridget Emre'
).split(' ');
const family = (
  'Okafor Whitfield Raman Georgiou Blake Siddiqui Nowak Mensah Levy Demir Farahani Pryce Eze ' +
  'Hartley Costa Asante Goldberg Hussain Moreau Lindqvist Patel Kavanagh Doyle Yilmaz Ashworth'
).split(' ');

const men = new Set('Samuel Marcus Tomasz Yusuf Owen Daniel Kwame Imran Anders Joseph Emre'.split(' '));

const roles = {
  gp: { code: 'R0260', name: 'General Medical Practitioner' },
  practiceNurse: { code: 'R0600', name: 'Specialist Nurse Practitioner' },
  consultant: { code: 'R0050', name: 'Consultant' },
  clinician: { code: 'R8000', name: 'Clinical Practitioner Access Role' },
  nurse: { code: 'R8001', name: 'Nurse Access Role' },
  psychiatrist: { code: 'R1981', name: 'Psychiatrist' },
  therapist: { code: 'R9550', name: 'Occupational Therapist' },
  socialWorker: { code: 'R9570', name: 'Senior Social Worker (Adults)' },
  careManager: { code: 'R9575', name: 'Social Services Care Manager (Adults)' },
} as const;

let made = 0;

function professional(
  id: string,
  organisation: string,
  role: keyof typeof roles,
  rest?: Partial<Professional>,
): Professional {
  const index = made;
  made += 1;
  const doctor = role === 'gp' || role === 'consultant' || role === 'psychiatrist' || role === 'clinician';
  return {
    id,
    sdsUser: `5550${String(index + 1).padStart(8, '0')}`,
    // Each round through the given names starts three family names further on: no two share both names.
    name: {
      prefix: doctor ? 'Dr' : men.has(given[index % given.length] ?? '') ? 'Mr' : 'Ms',
      given: given[index % given.length] ?? 'Alex',
      family: family[(index + 4 * Math.floor(index / given.length)) % family.length] ?? 'Reed',
    },
    role: roles[role],
    organisation,
    ...rest,
  };
}

export const professionals: Professional[] = [
  ...practices.flatMap(({ ods }) => [
    professional(`${ods}-gp1`, ods, 'gp'),
    professional(`${ods}-gp2`, ods, 'gp'),
    professional(`${ods}-gp3`, ods, 'gp'),
    professional(`${ods}-nurse`, ods, 'practiceNurse'),
  ]),
  ...(['RKE', 'RRV'] as const).flatMap((trust) => [
    ...[...specialties.keys()].map((code) =>
      professional(`${trust}-${code}`, trust, 'consultant', { specialty: code }),
    ),
    professional(`${trust}-ed2`, trust, 'clinician', { specialty: '180' }),
    professional(`${trust}-ward-nurse`, trust, 'nurse'),
  ]),
  professional('RKE-district1', 'RKE', 'nurse', { team: 'District nursing, Central Islington' }),
  professional('RKE-district2', 'RKE', 'nurse', { team: 'District nursing, North Islington' }),
  professional('RKE-health-visitor', 'RKE', 'nurse', { team: 'Health visiting, Islington' }),
  professional('RKE-physio', 'RKE', 'therapist', { team: 'Community rehabilitation team' }),
  professional('TAF-psychiatrist', 'TAF', 'psychiatrist', { team: 'Islington core mental health team' }),
  professional('TAF-nurse', 'TAF', 'nurse', { team: 'Islington core mental health team' }),
  professional('TAF-memory', 'TAF', 'psychiatrist', { team: 'Islington memory service' }),
  professional('XLCW1-gp1', 'XLCW1', 'gp'),
  professional('XLCW1-gp2', 'XLCW1', 'gp'),
  professional('XLCW1-clinician', 'XLCW1', 'clinician'),
  professional('706-sw1', '706', 'socialWorker', { team: '706-discharge' }),
  professional('706-sw2', '706', 'socialWorker', { team: '706-community' }),
  professional('706-sw3', '706', 'careManager', { team: '706-access' }),
  professional('706-ot', '706', 'therapist', { team: '706-therapy' }),
  professional('706-reablement', '706', 'careManager', { team: '706-reablement' }),
];

const byId = new Map(professionals.map((each) => [each.id, each]));

/** The professional of this id. Throws when there is none: a story named somebody who was never hired. */
export function professionalOf(id: string): Professional {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`No professional ${id}`);
  return found;
}

/** `Dr Adaeze Okafor`. */
export function spokenName({ name }: Professional): string {
  return `${name.prefix} ${name.given} ${name.family}`;
}
