// What one AdastraCaseDataExport says (AdastraCaseDataExport.xsd), in its own words: times as written, nothing judged.

/** A code with its words, of a list that only the sender knows unless the scheme is a national one. */
export interface Coded {
  code?: string;
  words?: string;
  scheme?: string;
}

export interface CaseAddress {
  type?: string;
  lines: string[];
  town?: string;
  county?: string;
  postcode?: string;
}

/** A telephone number with its extension. */
export interface CasePhone {
  type?: string;
  number: string;
}

export interface CasePatient {
  firstName?: string;
  lastName?: string;
  birth?: { date: string; type?: string };
  gender?: string;
  number?: { value: string; status?: string };
  addresses: CaseAddress[];
  phones: CasePhone[];
  registration: { status?: string; gp?: string; surgery?: string; postcode?: string };
}

export interface CaseConsultation {
  start?: string;
  end?: string;
  by?: string;
  byType?: string;
  place?: string;
  summary?: string;
  history?: string;
  outcomes: Coded[];
  codes: Coded[];
}

export interface CaseExport {
  kind: 'export';
  reference: string;
  number?: string;
  patient: CasePatient;
  symptoms?: string;
  comments?: string;
  priority?: Coded;
  caseType?: Coded;
  status?: string;
  active?: string;
  completed?: string;
  returnPhone?: string;
  callerPhone?: string;
  appointment?: { time?: string; place?: string; status?: string };
  questions?: string;
  consultations: CaseConsultation[];
  notes: { review?: string; text: string }[];
  outcomes: Coded[];
}
