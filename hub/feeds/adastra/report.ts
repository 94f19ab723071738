// What one NHS 111 report says (ITK NHS 111 CDA v2, POCD_MT200001GB02), in its own words: times as written.

/** A code with its words and the list it is from (an OID). */
export interface ReportCode {
  code?: string;
  words?: string;
  system?: string;
}

export interface ReportPatient {
  /** NHS numbers: root 2.16.840.1.113883.2.1.4.1 is traced, …3.2.4.18.23 is not. */
  numbers: { value: string; traced: boolean }[];
  /** The sender's own number for the person, with the organisation's code before it. */
  localIds: string[];
  names: { given: string[]; family?: string; prefix: string[]; text?: string }[];
  gender?: ReportCode;
  birth?: string;
  addresses: { use?: string; lines: string[]; postcode?: string }[];
  phones: { use?: string; number: string }[];
  language?: string;
  practice?: { ods?: string; name?: string };
}

/** Somebody who did or said something, with their role in the report's words. */
export interface ReportPerson {
  name?: string;
  role?: string;
  organisation?: string;
}

export interface ReportSection {
  title?: string;
  code?: string;
  /** One line each; an empty line is a gap. */
  lines: string[];
}

export interface Report {
  kind: 'report';
  /** The case's own GUID and the number people call it by. */
  reference: string;
  number?: string;
  setId: string;
  version?: string;
  title?: string;
  written?: string;
  confidentiality?: ReportCode;
  patient: ReportPatient;
  authors: ReportPerson[];
  informants: ReportPerson[];
  responsible?: ReportPerson;
  /** Who keeps the report: whose call it was. */
  custodian: { ods?: string; name?: string };
  recipients: string[];
  consent?: ReportCode;
  low?: string;
  high?: string;
  disposition?: ReportCode;
  place?: string;
  sections: ReportSection[];
  /** The sender enclosed the questions and answers as data as well. */
  enclosed: boolean;
}
