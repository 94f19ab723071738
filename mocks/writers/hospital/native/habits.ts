import type { SourceId } from '../../../../fhir/sources.ts';
import type { Label } from '../../../borough/facts.ts';
import type { Channel, Hospital } from '../../../borough/happenings.ts';
import { placeOf } from '../../../borough/places.ts';
import { professionalOf } from '../../../borough/professionals.ts';
import { components } from './segments.ts';

/** How one hospital's system writes: what the other does differently stands here too. */
export interface HospitalHabits {
  source: SourceId;
  /** MSH-3. */
  application: string;
  version: string;
  characterSet: string;
  encoding: 'utf8' | 'latin1';
  /** Digits of a time: minutes or seconds. */
  timeLength: 12 | 14;
  /** MSH-9; the newer version adds the structure. */
  typed: (type: string) => string;
  /** PID-3 of the hospital's own number, and of an NHS number. */
  ownNumber: (mrn: string) => string;
  nhsNumber: (digits: string) => string;
  sex: Record<'male' | 'female' | 'other', string>;
  /** PV1-3 (and AIL): where. */
  place: (id: string) => string;
  /** XCN: who. */
  staff: (id: string) => string;
  /** PV1-18: how a clinic was held. */
  channel: Record<Channel, string>;
  /** PV1-16. */
  mark: (labels: readonly Label[]) => string;
  /** The Data Dictionary's code in the hospital's own words. */
  own: (list: 'admission' | 'source' | 'method' | 'destination', code: string) => string;
  /** The event that merges two records. */
  merge: 'A34' | 'A40';
}

/** `Coyle ward, Whittington Hospital` as ward and site. */
function wardAndSite(id: string): { ward: string; inSite: boolean } {
  const { name } = placeOf(id);
  const [ward = name, ...rest] = name.split(', ');
  const inSite = rest.some((part) => part.endsWith('Hospital'));
  return { ward: inSite ? ward : name, inSite };
}

/** Structures that several events share (HL7 v2.4, table 0354). */
const structures: Record<string, string> = {
  'ADT^A04': 'ADT_A01',
  'ADT^A08': 'ADT_A01',
  'ADT^A11': 'ADT_A09',
  'ADT^A12': 'ADT_A09',
  'ADT^A13': 'ADT_A01',
  'ADT^A28': 'ADT_A05',
  'ADT^A31': 'ADT_A05',
  'ADT^A40': 'ADT_A39',
  'SIU^S13': 'SIU_S12',
  'SIU^S14': 'SIU_S12',
  'SIU^S15': 'SIU_S12',
  'SIU^S26': 'SIU_S12',
};

const systemC: HospitalHabits = {
  source: 'system-c',
  application: 'PAS',
  version: '2.4',
  characterSet: 'UNICODE UTF-8',
  encoding: 'utf8',
  timeLength: 12,
  typed: (type) => `${type}^${structures[type] ?? type.replace('^', '_')}`,
  ownNumber: (mrn) => components(mrn, '', '', 'RKE', 'MR'),
  nhsNumber: (digits) => components(digits, '', '', 'NHS', 'NH'),
  sex: { male: '1', female: '2', other: '9' },
  place: (id) => {
    if (id === 'home') return components('RKE', '', '', '', '', 'H');
    const { ward, inSite } = wardAndSite(id);
    const owner = placeOf(id).organisation;
    const code = id
      .replace(/^[A-Z0-9]+-/, '')
      .replace(/^ward-/, '')
      .toUpperCase();
    return components(owner, code, '', inSite ? 'RKEQ4' : '', '', '', '', '', ward);
  },
  staff: (id) => {
    const { name, sdsUser } = professionalOf(id);
    return components(sdsUser, name.family, name.given, '', '', name.prefix, '', '', 'SDS');
  },
  channel: { 'In-person': 'F2F', Telephone: 'TEL', Video: 'VID' },
  mark: (labels) => (labels.includes('STD') ? 'STD' : labels.includes('PSY') ? 'PSY' : (labels[0] ?? '')),
  own: (_list, code) => code,
  merge: 'A40',
};

const ownCodes: Record<Parameters<HospitalHabits['own']>[0], Record<string, string>> = {
  admission: { '11': 'WL', '12': 'BK', '13': 'PL', '21': 'AE', '22': 'GP', '31': 'MAT', '81': 'TR', '82': 'BB' },
  source: { '19': 'HOME', '29': 'TEMP', '51': 'HOSP', '79': 'BORN' },
  method: { '1': 'NORM', '4': 'DIED', '6': 'SELF', '7': 'REL' },
  destination: { '19': 'HOME', '29': 'TEMP', '51': 'HOSP', '65': 'LARES', '79': 'DIED', '85': 'NURS' },
};

const carecast: HospitalHabits = {
  source: 'carecast',
  application: 'CARECAST',
  version: '2.3',
  characterSet: '8859/1',
  encoding: 'latin1',
  timeLength: 14,
  typed: (type) => type,
  ownNumber: (mrn) => components(mrn, '', '', 'RRV', 'MRN'),
  nhsNumber: (digits) => components(digits, '', '', 'NHSNBR', 'NHSNMBR'),
  sex: { male: 'M', female: 'F', other: 'O' },
  place: (id) => {
    if (id === 'home') return components('', '', '', '', '', 'H');
    const { ward, inSite } = wardAndSite(id);
    return components(ward, '', '', inSite ? 'RRV03' : '');
  },
  staff: (id) => {
    const { name } = professionalOf(id);
    return components(id, name.family, name.given, '', '', name.prefix, '', '', 'DRNBR');
  },
  channel: { 'In-person': 'ATTEND', Telephone: 'TELEPHONE', Video: 'VIDEO' },
  mark: (labels) => (labels.includes('STD') ? 'GUM' : labels.includes('PSY') ? 'PSY' : (labels[0] ?? '')),
  own: (list, code) => ownCodes[list][code] ?? code,
  merge: 'A34',
};

/** The Whittington's system is System C, University College Hospital's is Carecast. */
export function habitsOf(hospital: Hospital): HospitalHabits {
  return hospital === 'RKE' ? systemC : carecast;
}
