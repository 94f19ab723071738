const words = (text: string): readonly string[] => text.split(' ');

/** The tables of the extract as a practice's system of today writes them, misspellings included. */
export const columns = {
  Admin_Organisation: words(
    'OrganisationGuid CDB OrganisationName ODSCode ParentOrganisationGuid CCGOrganisationGuid OrganisationType OpenDate CloseDate MainLocationGuid ProcessingId',
  ),
  Admin_Location: words(
    'LocationGuid LocationName LocationTypeDescription ParentLocationGuid OpenDate CloseDate MainContactName FaxNumber EmailAddress PhoneNumber ' +
      'HouseNameFlatNumber NumberAndStreet Village Town County Postcode Deleted ProcessingId',
  ),
  Admin_OrganisationLocation: words('OrganisationGuid LocationGuid IsMainLocation Deleted ProcessingId'),
  Admin_UserInRole: words(
    'UserInRoleGuid OrganisationGuid Title GivenName Surname JobCategoryCode JobCategoryName ContractStartDate ContractEndDate ProcessingId',
  ),
  Admin_Patient: words(
    'PatientGuid OrganisationGuid UsualGpUserInRoleGuid Sex DateOfBirth DateOfDeath Title GivenName MiddleNames Surname DateOfRegistration NhsNumber ' +
      'PatientNumber PatientTypeDescription DummyType HouseNameFlatNumber NumberAndStreet Village Town County Postcode ResidentialInstituteCode ' +
      'NHSNumberStatus CarerName CarerRelation PersonGuid DateOfDeactivation Deleted SpineSensitive IsConfidential EmailAddress HomePhone ' +
      'MobilePhone ExternalUsualGPGuid ExternalUsusalGP ExternalUsusalGPOrganisation ProcessingId',
  ),
  Agreements_SharingOrganisation: words('OrganisationGuid IsActivated LastModifiedDate Disabled Deleted'),
  Coding_ClinicalCode: words(
    'CodeId Term ReadTermId SnomedCTConceptId SnomedCTDescriptionId NationalCode NationalCodeCategory NationalDescription EmisCodeCategoryDescription ProcessingId ParentCodeId',
  ),
  Coding_DrugCode: words('CodeId Term DmdProductCodeId ProcessingId'),
  Appointment_Session: words(
    'AppointmentSessionGuid Description LocationGuid SessionTypeDescription SessionCategoryDisplayName StartDate StartTime EndDate EndTime Private ' +
      'OrganisationGuid Deleted ProcessingId',
  ),
  Appointment_SessionUser: words('SessionGuid UserInRoleGuid Deleted ProcessingId'),
  Appointment_Slot: words(
    'SlotGuid AppointmentDate AppointmentStartTime PlannedDurationInMinutes PatientGuid SendInTime LeftTime DidNotAttend PatientWaitInMin ' +
      'AppointmentDelayInMin ActualDurationInMinutes OrganisationGuid SessionGuid DnaReasonCodeId Deleted ProcessingId',
  ),
  CareRecord_Consultation: words(
    'ConsultationGuid PatientGuid OrganisationGuid EffectiveDate EffectiveDatePrecision EnteredDate EnteredTime ClinicianUserInRoleGuid ' +
      'EnteredByUserInRoleGuid AppointmentSlotGuid ConsultationSourceTerm ConsultationSourceCodeId Complete Deleted IsConfidential ProcessingId',
  ),
  CareRecord_Observation: words(
    'ObservationGuid PatientGuid OrganisationGuid EffectiveDate EffectiveDatePrecision EnteredDate EnteredTime ClinicianUserInRoleGuid ' +
      'EnteredByUserInRoleGuid ParentObservationGuid CodeId ProblemGuid AssociatedText ConsultationGuid Value NumericUnit ObservationType ' +
      'NumericRangeLow NumericRangeHigh DocumentGuid Deleted IsConfidential ProcessingId',
  ),
  CareRecord_Problem: words(
    'ObservationGuid PatientGuid OrganisationGuid ParentProblemObservationGuid Deleted Comment EndDate EndDatePrecision ExpectedDuration LastReviewDate ' +
      'LastReviewDatePrecision LastReviewUserInRoleGuid ParentProblemRelationship ProblemStatusDescription SignificanceDescription ProcessingId',
  ),
  CareRecord_Diary: words(
    'DiaryGuid PatientGuid OrganisationGuid EffectiveDate EffectiveDatePrecision EnteredDate EnteredTime ClinicanUserInRoleGuid EnteredByUserInRoleGuid ' +
      'CodeId OriginalTerm AssociatedText DurationTerm LocationTypeDescription Deleted IsConfidential IsActive IsComplete ConsultationGuid ProcessingId',
  ),
  Prescribing_DrugRecord: words(
    'DrugRecordGuid PatientGuid OrganisationGuid EffectiveDate EffectiveDatePrecision EnteredDate EnteredTime ClinicanUserInRoleGuid EnteredByUserInRoleGuid ' +
      'CodeId Dosage Quantity QuantityUnit ProblemObservationGuid PrescriptionType IsActive CancellationDate NumberOfIssues NumberOfIssuesAuthorised ' +
      'IsConfidential Deleted ProcessingId',
  ),
  Prescribing_IssueRecord: words(
    'IssueRecordGuid PatientGuid OrganisationGuid DrugRecordGuid EffectiveDate EffectiveDatePrecision EnteredDate EnteredTime ClinicanUserInRoleGuid ' +
      'EnteredByUserInRoleGuid CodeId Dosage Quantity QuantityUnit ProblemObservationGuid CourseDurationInDays EstimatedNhsCost IsConfidential Deleted ProcessingId',
  ),
} as const;

export type TableName = keyof typeof columns;
