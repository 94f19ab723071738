import { commonCodeSystems } from '../hl7/codings.ts';
import type { Dialect } from '../hl7/dialect.ts';

/**
 * System C at the Whittington: ITK's HL7 v2.4 (uk-care.md D2). The Data Dictionary's own codes throughout, times to the
 * minute, merges as A40. The hospital's system also keeps its community services' visits and, for the mental health trust,
 * that trust's contacts: PV1-3.1 says whose they are, PV1-18 what.
 */
export const systemC: Dialect = {
  source: 'system-c',
  organisations: {
    RKE: 'Whittington Health NHS Trust',
    TAF: 'Camden and Islington NHS Foundation Trust',
    G6V2S: 'North London NHS Foundation Trust',
  },
  sites: { RKEQ4: 'Whittington Hospital' },
  ownNumberTypes: ['MR', 'MRN', 'PI'],
  nhsNumberTypes: ['NHS', 'NH', 'NHSNBR', 'NHSNMBR'],
  genders: { '1': 'male', '2': 'female', '9': 'other', '0': 'unknown', M: 'male', F: 'female', U: 'unknown' },
  classes: { I: 'IMP', B: 'IMP', E: 'EMER', O: 'AMB', R: 'AMB' },
  place: { provider: 1, ward: 2, site: 4, type: 6, name: 9 },
  midnightIsUnknown: false,
  patientTypes: {
    COMM: { type: 'Community nurse visit' },
    MH: { type: 'Mental health contact', channel: 'In-person' },
    'MH-TEL': { class: 'VR', type: 'Mental health contact', channel: 'Telephone' },
    'MH-VID': { class: 'VR', type: 'Mental health contact', channel: 'Video' },
    F2F: { channel: 'In-person' },
    TEL: { class: 'VR', channel: 'Telephone' },
    VID: { class: 'VR', channel: 'Video' },
  },
  ownCodes: { admissionMethod: {}, admissionSource: {}, dischargeMethod: {}, destination: {} },
  sensitivities: { R: ['R'], V: ['V'], STD: ['R', 'STD'], PSY: ['PSY'] },
  codeSystems: commonCodeSystems,
  appointmentStatuses: {
    booked: 'booked',
    arrived: 'arrived',
    complete: 'fulfilled',
    attended: 'fulfilled',
    cancelled: 'cancelled',
    dna: 'noshow',
    noshow: 'noshow',
  },
};
