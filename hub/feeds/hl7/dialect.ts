import type { Patient } from 'fhir/r4';
import type { SourceId } from '../../../fhir/sources.ts';
import type { Sensitivity } from './labels.ts';

/** What a visit is, in FHIR's class (v3-ActCode). */
export type VisitClass = 'IMP' | 'EMER' | 'AMB' | 'HH' | 'VR';

/** Where within PV1-3 one system writes what; components from 1. */
export interface PlaceHabit {
  ward: number;
  /** What the ward is called, where its code alone would mean nothing to a reader. */
  name: number;
  /** The site: an ODS site code or the name of the building. */
  site: number;
  /** ODS code of the organisation that provides the visit, where it may be another than the hospital. */
  provider: number | undefined;
  /** HL7 table 0305; `H` is the person's home. */
  type: number;
}

/**
 * How one hospital's system writes HL7 v2: which fields, tables and date habits. The mapper is shared; whatever two
 * systems do differently stands here, so that a third needs a profile and no new code.
 */
export interface Dialect {
  source: SourceId;
  /** Names of the organisations its messages name by ODS code. */
  organisations: Readonly<Record<string, string>>;
  /** Names of the sites in PV1-3, by code; what is not here is a name already. */
  sites: Readonly<Record<string, string>>;
  /** Words of PID-3.5 that mark this hospital's own number for the person, best first. */
  ownNumberTypes: readonly string[];
  /** Words of PID-3.5, and of PID-3.4 where that is bare, that mark an NHS number. */
  nhsNumberTypes: readonly string[];
  /** PID-8. */
  genders: Readonly<Record<string, Patient['gender']>>;
  /** PV1-2. `P` (pre-admission) is no class of its own. */
  classes: Readonly<Record<string, VisitClass>>;
  place: PlaceHabit;
  /** Whether a time of exactly midnight stands for a time that nobody stated. */
  midnightIsUnknown: boolean;
  /** PV1-18 where it says more than PV1-2: another kind of contact, how it was held. */
  patientTypes: Readonly<Record<string, PatientType>>;
  /** Own codes, by the Data Dictionary's: PV1-4, PV1-14, PV1-36, PV1-37. */
  ownCodes: Readonly<Record<'admissionMethod' | 'admissionSource' | 'dischargeMethod' | 'destination', Codes>>;
  /** PV1-16, where it marks a visit as not for everybody. */
  sensitivities: Readonly<Record<string, readonly Sensitivity[]>>;
  /** Names of coding systems in the third component of coded elements (upper case), in FHIR's. */
  codeSystems: Readonly<Record<string, string>>;
  /** SIU: appointment status words (SCH-25), lower case, in FHIR's. */
  appointmentStatuses: Readonly<Record<string, 'booked' | 'arrived' | 'fulfilled' | 'cancelled' | 'noshow'>>;
}

type Codes = Readonly<Record<string, string>>;

/** What a patient type (PV1-18) adds to the class. */
export interface PatientType {
  class?: VisitClass;
  /** What the visit is called: `Community nurse visit`. */
  type?: string;
  /** How it was held (UKCore-DeliveryChannel). */
  channel?: 'In-person' | 'Telephone' | 'Video';
}
