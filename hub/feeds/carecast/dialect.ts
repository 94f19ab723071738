import { commonCodeSystems } from '../hl7/codings.ts';
import type { Dialect } from '../hl7/dialect.ts';

/**
 * Carecast at UCLH, until that hospital left it: HL7 v2.3 in the manner of its London contemporaries. The ward first in
 * PV1-3, sex in letters, own codes for how somebody came and went, times to the second with midnight where nobody stated
 * one, merges as A34.
 */
export const carecast: Dialect = {
  source: 'carecast',
  organisations: { RRV: 'University College London Hospitals NHS Foundation Trust' },
  sites: { RRV03: 'University College Hospital', UCH: 'University College Hospital' },
  ownNumberTypes: ['MRN', 'MR', 'PI'],
  nhsNumberTypes: ['NHSNMBR', 'NHSNBR', 'NHS', 'NH'],
  genders: { M: 'male', F: 'female', O: 'other', U: 'unknown', '1': 'male', '2': 'female' },
  classes: { I: 'IMP', B: 'IMP', D: 'IMP', E: 'EMER', O: 'AMB', R: 'AMB' },
  place: { ward: 1, site: 4, type: 6, name: 9, provider: undefined },
  midnightIsUnknown: true,
  patientTypes: {
    TELEPHONE: { class: 'VR', channel: 'Telephone' },
    VIDEO: { class: 'VR', channel: 'Video' },
    ATTEND: { channel: 'In-person' },
  },
  ownCodes: {
    admissionMethod: { WL: '11', BK: '12', PL: '13', AE: '21', GP: '22', MAT: '31', TR: '81', BB: '82' },
    admissionSource: { HOME: '19', TEMP: '29', HOSP: '51', BORN: '79' },
    dischargeMethod: { NORM: '1', DIED: '4', SELF: '6', REL: '7' },
    destination: { HOME: '19', TEMP: '29', HOSP: '51', LARES: '65', DIED: '79', NURS: '85' },
  },
  sensitivities: { VIP: ['R'], R: ['R'], V: ['V'], GUM: ['R', 'STD'], PSY: ['PSY'] },
  codeSystems: commonCodeSystems,
  appointmentStatuses: {
    booked: 'booked',
    arrived: 'arrived',
    seen: 'fulfilled',
    complete: 'fulfilled',
    cancelled: 'cancelled',
    canc: 'cancelled',
    dna: 'noshow',
  },
};
