import type { Hospital } from './happenings.ts';

/** An organisation by its ODS code (uk-care.md B). LCW's own code is not public: `XLCW1` is invented. */
export interface Organisation {
  ods: string;
  name: string;
  kind: 'practice' | 'trust' | 'mental-health' | 'council' | 'urgent' | 'provider' | 'team';
  partOf?: string;
}

export const practices: Organisation[] = [
  { ods: 'F83063', name: 'Killick Street Health Centre', kind: 'practice' },
  { ods: 'F83008', name: 'The Goodinge Group Practice', kind: 'practice' },
  { ods: 'F83039', name: 'The Rise Group Practice', kind: 'practice' },
  { ods: 'F83674', name: 'The Junction Medical Practice', kind: 'practice' },
  { ods: 'F83032', name: "St Peter's Street Medical Practice", kind: 'practice' },
  { ods: 'F83021', name: 'Ritchie Street Group Practice', kind: 'practice' },
  { ods: 'F83060', name: 'The Northern Medical Centre', kind: 'practice' },
  { ods: 'F83045', name: 'The Miller Practice', kind: 'practice' },
  { ods: 'F83056', name: 'Mitchison Road Surgery', kind: 'practice' },
  { ods: 'F83686', name: 'Stroud Green Medical Clinic', kind: 'practice' },
];

const whittington: Organisation = { ods: 'RKE', name: 'Whittington Health NHS Trust', kind: 'trust' };
const uclh: Organisation = {
  ods: 'RRV',
  name: 'University College London Hospitals NHS Foundation Trust',
  kind: 'trust',
};
const camdenIslington: Organisation = {
  ods: 'TAF',
  name: 'Camden and Islington NHS Foundation Trust',
  kind: 'mental-health',
};
const northLondon: Organisation = {
  ods: 'G6V2S',
  name: 'North London NHS Foundation Trust',
  kind: 'mental-health',
};
const lcw: Organisation = { ods: 'XLCW1', name: 'London Central and West Unscheduled Care', kind: 'urgent' };
const council: Organisation = { ods: '706', name: 'Islington Council', kind: 'council' };

const councilPart = (ods: string, name: string, kind: 'team' | 'provider'): Organisation => ({
  ods,
  name,
  kind,
  partOf: kind === 'team' ? '706' : undefined,
});
const councilParts: Organisation[] = [
  councilPart('706-access', 'Islington Council, Adult Social Care Access Service', 'team'),
  councilPart('706-discharge', 'Islington Council, Hospital Discharge Team', 'team'),
  councilPart('706-community', 'Islington Council, Community Social Work Team', 'team'),
  councilPart('706-reablement', 'Islington Council, Reablement Service', 'team'),
  councilPart('706-therapy', 'Islington Council, Occupational Therapy Team', 'team'),
  councilPart('highbury-care', 'Highbury Care', 'provider'),
  councilPart('angel-home-support', 'Angel Home Support', 'provider'),
  councilPart('tufnell-day-centre', 'Tufnell Day Centre', 'provider'),
  councilPart('canonbury-house', 'Canonbury House', 'provider'),
];

export const organisations: Organisation[] = [
  ...practices,
  whittington,
  uclh,
  camdenIslington,
  northLondon,
  lcw,
  council,
  ...councilParts,
];

/** The mental health trust of that time: the borough's own one merged into North London on 1 November 2024. */
export function mentalHealthTrustAt(instant: number): Organisation {
  return instant < Date.UTC(2024, 10, 1) ? camdenIslington : northLondon;
}

/** A place people are seen in, with its UKCore-EncounterLocationType code. */
export interface Place {
  id: string;
  name: string;
  organisation: string;
  type: { code: string; text: string };
  specialty?: string;
}

const ward = { code: 'E02', text: 'Ward' };
const clinic = { code: 'E01', text: 'Out-Patient Clinic' };
const emergencyDepartment = { code: 'E04', text: 'Emergency Care Department or Minor Injuries Department' };

function hospitalPlaces(organisation: Hospital, site: string, wards: [string, string][]): Place[] {
  return [
    { id: `${organisation}-ED`, name: `Emergency department, ${site}`, organisation, type: emergencyDepartment },
    ...wards.map(([name, specialty]) => ({
      id: `${organisation}-ward-${name.toLowerCase().replaceAll(' ', '-')}`,
      name: `${name}, ${site}`,
      organisation,
      type: ward,
      specialty,
    })),
    ...[...specialties.keys()]
      .filter((code) => code !== '180')
      .map((code) => ({
        id: `${organisation}-clinic-${code}`,
        name: `${specialties.get(code)} clinic, ${site}`,
        organisation,
        type: clinic,
        specialty: code,
      })),
  ];
}

/** UKCore-PracticeSettingCode: the specialties this borough's hospitals have. */
export const specialties: ReadonlyMap<string, string> = new Map([
  ['100', 'General Surgery'],
  ['110', 'Trauma and Orthopaedics'],
  ['120', 'Ear Nose and Throat'],
  ['130', 'Ophthalmology'],
  ['180', 'Emergency Medicine'],
  ['300', 'General Internal Medicine'],
  ['302', 'Endocrinology and Diabetes'],
  ['320', 'Cardiology'],
  ['330', 'Dermatology'],
  ['340', 'Respiratory Medicine'],
  ['350', 'Infectious Diseases'],
  ['361', 'Renal Medicine'],
  ['420', 'Paediatrics'],
  ['430', 'Geriatric Medicine'],
  ['501', 'Obstetrics'],
  ['502', 'Gynaecology'],
]);

export const places: Place[] = [
  ...hospitalPlaces('RKE', 'Whittington Hospital', [
    ['Mary Seacole ward', '300'],
    ['Coyle ward', '110'],
    ['Meyrick ward', '430'],
    ['Nightingale ward', '340'],
    ['Mercers ward', '100'],
    ['Ifor ward', '420'],
    ['Cellier ward', '501'],
  ]),
  ...hospitalPlaces('RRV', 'University College Hospital', [
    ['Acute medical unit', '300'],
    ['Ward T7', '430'],
    ['Ward T8', '320'],
    ['Ward T9', '100'],
    ['Ward T10', '110'],
    ['Ward T11', '361'],
    ['Ward T12', '420'],
    ['Maternity ward', '501'],
  ]),
  {
    id: 'RRV-dialysis',
    name: 'Dialysis unit, University College Hospital',
    organisation: 'RRV',
    type: clinic,
    specialty: '361',
  },
  ...practices.map(({ ods, name }) => ({
    id: `${ods}-surgery`,
    name,
    organisation: ods,
    type: { code: 'C01', text: 'General Medical Practitioner Practice' },
  })),
  {
    id: 'RKE-community-clinic',
    name: 'River Place Health Centre, nurse clinic',
    organisation: 'RKE',
    type: { code: 'B01', text: 'Primary Care Health Centre' },
  },
  {
    id: 'TAF-clinic',
    name: 'Highgate Mental Health Centre',
    organisation: 'TAF',
    type: clinic,
  },
  {
    id: 'XLCW1-base',
    name: 'Out-of-hours centre, Archway',
    organisation: 'XLCW1',
    type: { code: 'D02', text: 'Out of Hours Centre' },
  },
];

const placeById = new Map(places.map((place) => [place.id, place]));
const organisationByCode = new Map(organisations.map((organisation) => [organisation.ods, organisation]));

/** The place of this id. Throws when there is none: a story named a place that was never built. */
export function placeOf(id: string): Place {
  const place = placeById.get(id);
  if (place === undefined) throw new Error(`No place ${id}`);
  return place;
}

/** The organisation of this code. Throws when there is none. */
export function organisationOf(ods: string): Organisation {
  const organisation = organisationByCode.get(ods);
  if (organisation === undefined) throw new Error(`No organisation ${ods}`);
  return organisation;
}

/** The ward of a hospital for a specialty, or its general medical ward. Throws when the hospital has neither. */
export function wardFor(hospital: Hospital, specialty: string): string {
  const wards = places.filter((place) => place.organisation === hospital && place.type === ward);
  const found =
    wards.find((place) => place.specialty === specialty) ?? wards.find((place) => place.specialty === '300');
  if (found === undefined) throw new Error(`No ward for ${specialty} in ${hospital}`);
  return found.id;
}
