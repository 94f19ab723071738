/**
 * The columns of the Client Level Data return. Councils spell the headers as the return's first release has them (`LA Code`)
 * or as the national tables do (`LA_Code`); a header is known by its letters and digits alone.
 */
const headers = {
  council: 'LA Code',
  periodStart: 'Reporting Period Start Date',
  periodEnd: 'Reporting Period End Date',
  nhsNumber: 'NHS Number',
  personId: 'LA Person Unique Identifier',
  firstName: 'First Name',
  lastName: 'Last Name',
  practiceName: 'GP Practice Name',
  practiceCode: 'GP Practice Code',
  gender: 'Gender',
  ethnicity: 'Ethnicity',
  birth: 'Date of Birth',
  death: 'Date of Death',
  clientType: 'Client Type',
  supportReason: 'Primary Support Reason',
  postcode: 'Postcode',
  accommodation: 'Accommodation Status',
  employment: 'Employment Status',
  hasCarer: 'Has Unpaid Carer',
  autism: 'Autism Spectrum Disorder (ASD)',
  visual: 'Visual Impairment',
  hearing: 'Hearing Impairment',
  dementia: 'Dementia',
  eventType: 'Event Type',
  reference: 'Event Reference',
  start: 'Event Start Date',
  end: 'Event End Date',
  description: 'Event Description',
  outcome: 'Event Outcome',
  route: 'Request: Route of Access',
  assessmentType: 'Assessment Type',
  eligibleNeeds: 'Eligible Needs Identified',
  assessmentMethod: 'Method of Assessment',
  caringHours: 'Total Hrs Caring per week',
  adultsCaredFor: 'No. of adults being cared for',
  serviceType: 'Service Type',
  component: 'Service Component',
  mechanism: 'Delivery Mechanism',
  providerName: 'Provider CQC Location Name',
  providerId: 'Provider CQC Location ID',
  reviewReason: 'Review Reason',
  outcomesAchieved: 'Review Outcomes Achieved',
  reviewMethod: 'Method of Review',
} as const;

export type Column = keyof typeof headers;

/**
 * Columns that are read and told to nobody: what the council pays, and the numbers of the people a carer cares for, whose
 * record this is not (false join, leaked record). They stay in the message as it came.
 */
const untold = [
  'Client Funding Status',
  'Adult 1 Linked Person_ID',
  'Adult 2 Linked Person_ID',
  'Adult 3 Linked Person_ID',
  'Unit Cost',
  'Cost Frequency (Unit Type)',
  'Planned units per week',
];

const otherSpellings: Record<string, Column> = {
  sex: 'gender',
  autismspectrumdisorder: 'autism',
  asd: 'autism',
  routeofaccess: 'route',
  totalhourscaringperweek: 'caringHours',
  numberofadultsbeingcaredfor: 'adultsCaredFor',
  hasunpaidcarers: 'hasCarer',
};

const byLetters = new Map<string, Column>([
  ...Object.entries(headers).map(([column, header]) => [letters(header), column as Column] as const),
  ...Object.entries(otherSpellings),
]);
const untoldLetters = new Set(untold.map(letters));

function letters(header: string): string {
  return header.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Which column a header names: one that is told, `untold` for one that is known and told to nobody, else undefined. */
export function columnOf(header: string): Column | 'untold' | undefined {
  const found = letters(header);
  return byLetters.get(found) ?? (untoldLetters.has(found) ? 'untold' : undefined);
}

/** A column as the return calls it, for the operator. */
export function headerOf(column: Column): string {
  return headers[column];
}

/** One line of the return: what it states, in its own words. Text `NULL` and blanks are not there. */
export type Row = Partial<Record<Column, string>>;
