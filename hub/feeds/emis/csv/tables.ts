/** One table of the extract: what its rows must have, whose they are, and what they go by. */
export interface Table {
  /** Columns without which a file is not this table's. */
  columns: readonly string[];
  /** Columns that only some versions of the extract (5.0 to 5.4) have. */
  optional?: readonly string[];
  /** The columns that together name a row. */
  key: readonly string[];
  /** Rows of a person have their PatientGuid; all other rows are about nobody in particular. */
  ofPerson: boolean;
}

const words = (text: string): string[] => text.split(' ');
const effective =
  'PatientGuid OrganisationGuid EffectiveDate EffectiveDatePrecision EnteredDate EnteredTime EnteredByUserInRoleGuid';

/**
 * The tables of the EMIS CSV extract, versions 5.0 to 5.4. Columns are named as in the newest version; the misspellings of
 * older ones are put right on reading (`otherSpellings`). The audit tables are known, and nothing is told from them.
 */
export const tables = {
  Admin_Patient: {
    columns: words(
      'PatientGuid OrganisationGuid Sex DateOfBirth DateOfDeath Title GivenName MiddleNames Surname DateOfRegistration NhsNumber ' +
        'PatientTypeDescription DummyType NHSNumberStatus DateOfDeactivation Deleted SpineSensitive IsConfidential',
    ),
    optional: words(
      'UsualGpUserInRoleGuid PatientNumber HouseNameFlatNumber NumberAndStreet Village Town County Postcode ResidentialInstituteCode CarerName ' +
        'CarerRelation PersonGuid EmailAddress HomePhone MobilePhone ExternalUsualGPGuid ExternalUsualGP ExternalUsualGPOrganisation',
    ),
    key: ['PatientGuid'],
    ofPerson: true,
  },
  Admin_Organisation: {
    columns: words('OrganisationGuid OrganisationName ODSCode OrganisationType'),
    optional: words('CDB ParentOrganisationGuid CCGOrganisationGuid OpenDate CloseDate MainLocationGuid'),
    key: ['OrganisationGuid'],
    ofPerson: false,
  },
  Admin_Location: {
    columns: words('LocationGuid LocationName LocationTypeDescription Deleted'),
    optional: words(
      'ParentLocationGuid OpenDate CloseDate MainContactName FaxNumber EmailAddress PhoneNumber HouseNameFlatNumber NumberAndStreet Village Town County Postcode',
    ),
    key: ['LocationGuid'],
    ofPerson: false,
  },
  Admin_OrganisationLocation: {
    columns: words('OrganisationGuid LocationGuid IsMainLocation Deleted'),
    key: ['LocationGuid', 'OrganisationGuid'],
    ofPerson: false,
  },
  Admin_UserInRole: {
    columns: words('UserInRoleGuid OrganisationGuid Title GivenName Surname JobCategoryCode JobCategoryName'),
    optional: words('ContractStartDate ContractEndDate'),
    key: ['UserInRoleGuid'],
    ofPerson: false,
  },
  Agreements_SharingOrganisation: {
    columns: words('OrganisationGuid IsActivated Disabled Deleted'),
    optional: words('LastModifiedDate'),
    key: ['OrganisationGuid'],
    ofPerson: false,
  },
  Appointment_Session: {
    columns: words(
      'AppointmentSessionGuid Description LocationGuid SessionTypeDescription StartDate StartTime Deleted',
    ),
    optional: words('SessionCategoryDisplayName EndDate EndTime Private OrganisationGuid'),
    key: ['AppointmentSessionGuid'],
    ofPerson: false,
  },
  Appointment_SessionUser: {
    columns: words('SessionGuid UserInRoleGuid Deleted'),
    key: ['SessionGuid', 'UserInRoleGuid'],
    ofPerson: false,
  },
  Appointment_Slot: {
    columns: words(
      'SlotGuid AppointmentDate AppointmentStartTime PlannedDurationInMinutes PatientGuid SendInTime LeftTime DidNotAttend OrganisationGuid SessionGuid Deleted',
    ),
    optional: words('PatientWaitInMin AppointmentDelayInMin ActualDurationInMinutes DnaReasonCodeId'),
    key: ['SlotGuid'],
    ofPerson: true,
  },
  CareRecord_Consultation: {
    columns: words(
      `ConsultationGuid ${effective} ClinicianUserInRoleGuid AppointmentSlotGuid ConsultationSourceTerm Complete Deleted IsConfidential`,
    ),
    optional: words('ConsultationSourceCodeId'),
    key: ['ConsultationGuid'],
    ofPerson: true,
  },
  CareRecord_Diary: {
    columns: words(
      `DiaryGuid ${effective} ClinicianUserInRoleGuid CodeId OriginalTerm AssociatedText Deleted IsConfidential IsActive IsComplete ConsultationGuid`,
    ),
    optional: words('DurationTerm LocationTypeDescription'),
    key: ['DiaryGuid'],
    ofPerson: true,
  },
  CareRecord_Observation: {
    columns: words(
      `ObservationGuid ${effective} ClinicianUserInRoleGuid ParentObservationGuid CodeId ProblemGuid AssociatedText ConsultationGuid Value ` +
        'NumericUnit ObservationType NumericRangeLow NumericRangeHigh Deleted IsConfidential',
    ),
    optional: words('DocumentGuid'),
    key: ['ObservationGuid'],
    ofPerson: true,
  },
  CareRecord_ObservationReferral: {
    columns: words(
      'ObservationGuid PatientGuid OrganisationGuid ReferralTargetOrganisationGuid ReferralUrgency ReferralMode',
    ),
    optional: words(
      'ReferralServiceType ReferralReceivedDate ReferralReceivedTime ReferralEndDate ReferralSourceId ReferralSourceOrganisationGuid ReferralUBRN ReferralReasonCodeId ' +
        'ReferringCareProfessionalStaffGroupCodeId ReferralEpisodeRTTMeasurementTypeId ReferralEpisodeClosureDate ' +
        'ReferralEpisodeDischargeLetterIssuedDate ReferralClosureReasonCodeId',
    ),
    key: ['ObservationGuid'],
    ofPerson: true,
  },
  CareRecord_Problem: {
    columns: words(
      'ObservationGuid PatientGuid OrganisationGuid Comment EndDate EndDatePrecision ProblemStatusDescription SignificanceDescription',
    ),
    optional: words(
      'Deleted ParentProblemObservationGuid ExpectedDuration LastReviewDate LastReviewDatePrecision LastReviewUserInRoleGuid ParentProblemRelationship',
    ),
    key: ['ObservationGuid'],
    ofPerson: true,
  },
  Coding_ClinicalCode: {
    columns: words('CodeId Term ReadTermId SnomedCTConceptId'),
    optional: words(
      'SnomedCTDescriptionId NationalCode NationalCodeCategory NationalDescription EmisCodeCategoryDescription ParentCodeId',
    ),
    key: ['CodeId'],
    ofPerson: false,
  },
  Coding_DrugCode: { columns: words('CodeId Term DmdProductCodeId'), key: ['CodeId'], ofPerson: false },
  Prescribing_DrugRecord: {
    columns: words(
      `DrugRecordGuid ${effective} ClinicianUserInRoleGuid CodeId Dosage Quantity QuantityUnit PrescriptionType IsActive CancellationDate IsConfidential Deleted`,
    ),
    optional: words('ProblemObservationGuid NumberOfIssues NumberOfIssuesAuthorised'),
    key: ['DrugRecordGuid'],
    ofPerson: true,
  },
  Prescribing_IssueRecord: {
    columns: words(
      `IssueRecordGuid DrugRecordGuid ${effective} ClinicianUserInRoleGuid CodeId Dosage Quantity QuantityUnit CourseDurationInDays IsConfidential Deleted`,
    ),
    optional: words('ProblemObservationGuid EstimatedNhsCost'),
    key: ['IssueRecordGuid'],
    ofPerson: true,
  },
} as const satisfies Record<string, Table>;

export type TableName = keyof typeof tables;

/** Who changed what in EMIS itself: kept with the message, and nothing is told of it. */
export const auditTables: readonly string[] = ['Audit_PatientAudit', 'Audit_RegistrationAudit'];

/** What versions 5.0 to 5.3 misspell. */
export const otherSpellings: Readonly<Record<string, string>> = {
  ClinicanUserInRoleGuid: 'ClinicianUserInRoleGuid',
  ExternalUsusalGP: 'ExternalUsualGP',
  ExternalUsusalGPOrganisation: 'ExternalUsualGPOrganisation',
};

/** The number of the run that wrote the file: it says nothing of what the row is about. */
export const runColumn = 'ProcessingId';

export function isTableName(name: string): name is TableName {
  return Object.hasOwn(tables, name);
}

/** Every column of a table, in one list. */
export function columnsOf(name: TableName): readonly string[] {
  const table: Table = tables[name];
  return [...table.columns, ...(table.optional ?? [])];
}

/** The tables whose rows are a person's. */
export const personTables = (Object.keys(tables) as TableName[]).filter((table) => tables[table].ofPerson);
