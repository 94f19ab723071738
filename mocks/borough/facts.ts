import type { SourceId } from '../../fhir/sources.ts';

/** A clinical word: what is written, and its SNOMED CT concept where one is certain. */
export interface Term {
  text: string;
  code?: string;
}

/** Security labels an item carries where it was written (HL7 v3 Confidentiality R and V, v3 ActCode PSY and STD). */
export type Label = 'R' | 'V' | 'PSY' | 'STD';

/** What is true of a person for a while, and which systems were told. Instants are epoch milliseconds. */
interface Fact {
  id: string;
  /** The systems that know it. */
  tellers: readonly SourceId[];
  labels?: readonly Label[];
}

export interface Problem extends Fact {
  term: Term;
  onset: number;
  ended?: number;
  certainty: 'confirmed' | 'suspected' | 'refuted';
  /** The contact or stay it was recorded at. */
  at?: string;
}

export interface Medicine extends Fact {
  term: Term;
  dose: string;
  repeat: boolean;
  start: number;
  end?: number;
  lastIssued: number;
  prescriber: string;
  at?: string;
}

export interface Allergy extends Fact {
  /** Undefined: a clinician said there are none known. */
  substance: Term | undefined;
  reaction?: Term;
  severe?: boolean;
  stated: number;
  statedBy: string;
}

/** One measured quantity. Without `flag` the laboratory said nothing about it. */
export interface Measurement {
  name: Term;
  loinc?: string;
  value: number;
  comparator?: '<' | '>';
  unit: string;
  low?: number;
  high?: number;
  flag?: 'H' | 'L' | 'N';
}

export interface Report extends Fact {
  name: Term;
  taken: number;
  status: 'final' | 'preliminary';
  laboratory: 'RKE' | 'RRV';
  requester: string;
  results: Measurement[];
  at?: string;
}

/** Something measured at a contact: blood pressure, weight. */
export interface Vital extends Fact {
  type: VitalType;
  taken: number;
  /** One value, or systolic and diastolic. */
  values: number[];
  at: string;
}
export type VitalType = 'blood-pressure' | 'weight' | 'oxygen' | 'glucose' | 'pulse' | 'temperature' | 'bmi';

export interface Warning extends Fact {
  kind: 'special-note' | 'safeguarding' | 'risk' | 'access' | 'communication' | 'legal';
  text: string;
  from: number;
  until?: number;
}

export interface Plan extends Fact {
  kind: 'treatment-escalation' | 'support' | 'disease' | 'pregnancy';
  title: string;
  text: string;
  from: number;
  until?: number;
  reviewDue?: number;
  author: string;
}

export interface Team extends Fact {
  name: string;
  from: number;
  until?: number;
  /** `staff` is a professional's id. */
  members: { staff: string; role: string; keyWorker?: boolean }[];
}

export interface Immunisation extends Fact {
  vaccine: Term;
  given: number;
  at?: string;
}

export interface Equipment extends Fact {
  name: string;
  code?: string;
  asked: number;
  fitted?: number;
  note?: string;
}

/** The council's reason for supporting a person (Client Level Data, Primary Support Reason). */
export interface SupportReason extends Fact {
  code: string;
  text: string;
  category: { code: string; text: string };
  from: number;
  until?: number;
}

/** A source's own warning about its list: misread as whole otherwise (UK Core ListWarningCode). */
export interface ListWarning extends Fact {
  code: 'confidential-items' | 'data-in-transit' | 'data-awaiting-filing';
  text: string;
  at: number;
}
