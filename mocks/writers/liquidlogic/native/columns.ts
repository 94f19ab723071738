/** The columns of the Client Level Data return, in the order and spelling a council's export has them. */
export const columns = [
  'LA Code',
  'Reporting Period Start Date',
  'Reporting Period End Date',
  'NHS Number',
  'LA Person Unique Identifier',
  'First Name',
  'Last Name',
  'GP Practice Name',
  'GP Practice Code',
  'Gender',
  'Ethnicity',
  'Date of Birth',
  'Date of Death',
  'Client Type',
  'Primary Support Reason',
  'Postcode',
  'Accommodation Status',
  'Employment Status',
  'Has Unpaid Carer',
  'Autism Spectrum Disorder (ASD)',
  'Visual Impairment',
  'Hearing Impairment',
  'Dementia',
  'Client Funding Status',
  'Event Type',
  'Event Reference',
  'Event Start Date',
  'Event End Date',
  'Event Description',
  'Event Outcome',
  'Request: Route of Access',
  'Assessment Type',
  'Eligible Needs Identified',
  'Method of Assessment',
  'Total Hrs Caring per week',
  'No. of adults being cared for',
  'Adult 1 Linked Person_ID',
  'Adult 2 Linked Person_ID',
  'Adult 3 Linked Person_ID',
  'Service Type',
  'Service Component',
  'Delivery Mechanism',
  'Provider CQC Location Name',
  'Provider CQC Location ID',
  'Review Reason',
  'Review Outcomes Achieved',
  'Method of Review',
  'Unit Cost',
  'Cost Frequency (Unit Type)',
  'Planned units per week',
] as const;

export type Line = Partial<Record<(typeof columns)[number], string>>;

/** Lines as the council's database exports them: what is not there is the text NULL, and the last line counts the rest. */
export function csvOf(lines: readonly Line[], counted: boolean): Uint8Array {
  const rows = [columns as readonly string[], ...lines.map((line) => columns.map((name) => line[name] ?? 'NULL'))];
  const text = rows.map((fields) => fields.map(quoted).join(',')).join('\r\n');
  return new TextEncoder().encode(`${text}\r\n${counted ? `\r\n(${lines.length} rows affected)\r\n` : ''}`);
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
