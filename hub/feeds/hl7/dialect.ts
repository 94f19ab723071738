import type { Encounter, Patient } from 'fhir/r4';
import type { SourceId } from '../../../fhir/sources.ts';

/** What a visit is, in FHIR's class (v3-ActCode). */
export type VisitClass = 'IMP' | 'EMER' | 'AMB' | 'HH' | 'VR' | 'PRENC';

/** Where within PV1-3 (and PV1-6) one system writes what; components from 1. */
export interface PlaceHabit {
  ward: number;
  bay: number | undefined;
  bed: number | undefined;
  /** The site: an ODS site code or the name of the building. */
  site: number | undefined;
}

/**
 * How one hospital's system writes HL7 v2: which fields, tables and date habits. The mapper is shared; whatever two
 * systems do differently stands here, so that a third needs a profile and no new code.
 */
export interface Dialect {
  source: SourceId;
  /** Words of PID-3.5 that mark this hospital's own number for the person, best first. */
  ownNumberTypes: readonly string[];
  /** Words of PID-3.5, and of PID-3.4 where that is bare, that mark an NHS number. */
  nhsNumberTypes: readonly string[];
  /** PID-8. */
  genders: Readonly<Record<string, Patient['gender']>>;
  /** PV1-2. */
  classes: Readonly<Record<string, VisitClass>>;
  place: PlaceHabit;
  /** Whether a time of exactly midnight stands for a time that nobody stated. */
  midnightIsUnknown: boolean;
  /** PV1-18 where it says more than PV1-2: a community or mental health contact kept in the hospital's system. */
  patientTypes: Readonly<Record<string, { class?: VisitClass; type: string }>>;
  /** Its own codes for the Data Dictionary's: admission method, source, discharge method, destination. */
  ownCodes: {
    admissionMethod: Readonly<Record<string, string>>;
    admissionSource: Readonly<Record<string, string>>;
    dischargeMethod: Readonly<Record<string, string>>;
    dischargeDestination: Readonly<Record<string, string>>;
  };
  /** What PV1-2 is called where a visit has no other type: `Hospital stay`. */
  visitWords: Readonly<Record<VisitClass, string>>;
  /** Codes of DG1-3.3 and PR1-3.3 (and OBX, SCH…), in FHIR's code systems. */
  codeSystems: Readonly<Record<string, string>>;
  /** SIU: appointment status words (SCH-25) in FHIR's, lower case. */
  appointmentStatuses: Readonly<Record<string, 'booked' | 'arrived' | 'fulfilled' | 'cancelled' | 'noshow'>>;
  /** What an encounter's status is called on PV1-41 or PV2-24, where stated; lower case. */
  visitStatuses: Readonly<Record<string, Encounter['status']>>;
}
