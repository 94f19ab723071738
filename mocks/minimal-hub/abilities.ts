/** What a server does with a search parameter it was sent. */
export type Handling = 'served' | 'ignored' | 'refused';

/** What this server can do; each is a switch. */
export interface Abilities {
  /** Types it can be searched for; others are not known to it (404). */
  types: readonly string[];
  /** Whether `/metadata` tells of all this; without, it answers 404. */
  statement: boolean;
  missingModifier: Handling;
  include: Handling;
  sort: Handling;
  performer: Handling;
  encounter: Handling;
  /** How its `next` links look: `?…&_offset=20` under the type, or `?_getpages=` at the base; absolute both. */
  paging: 'offset' | 'getpages';
  /** Whatever `_count` asks for, a page holds no more. */
  mostPerPage: number;
}

/** The types of the record's plain part: no social care, no alerts, no Endpoint, no Binary. */
const plainTypes = [
  'Patient',
  'Encounter',
  'Appointment',
  'DocumentReference',
  'DiagnosticReport',
  'Observation',
  'AllergyIntolerance',
  'Condition',
  'MedicationRequest',
  'Procedure',
  'Location',
  'Practitioner',
] as const;

/** As little as a server may do and still be one of R4: every switch off. */
export const minimal: Abilities = {
  types: plainTypes,
  statement: true,
  missingModifier: 'refused',
  include: 'ignored',
  sort: 'ignored',
  performer: 'refused',
  encounter: 'served',
  paging: 'getpages',
  mostPerPage: 20,
};

/** As much as our app could wish for of a server that is not ours. */
export const able: Abilities = {
  ...minimal,
  missingModifier: 'served',
  include: 'served',
  sort: 'served',
  performer: 'served',
  paging: 'offset',
  mostPerPage: 100,
};
