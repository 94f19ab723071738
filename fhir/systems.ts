// The identifier and code systems both sides name. Sources: UK Core (HL7 UK), the Interweave R4 guide, FHIR R4.

export const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number';
export const odsSystem = 'https://fhir.nhs.uk/Id/ods-organization-code';
export const odsSiteSystem = 'https://fhir.nhs.uk/Id/ods-site-code';
export const sdsUserSystem = 'https://fhir.nhs.uk/Id/sds-user-id';

export const snomed = 'http://snomed.info/sct';
export const loinc = 'http://loinc.org';
export const ucum = 'http://unitsofmeasure.org';
export const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
export const confidentiality = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';

export const consentScope = 'http://terminology.hl7.org/CodeSystem/consentscope';
export const participationType = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';
/**
 * Our own, by which a person's choice names a kind of information: `general`, `mental`, `sexual`, `social`. The codes of
 * v3-ActCode are narrower than what people are asked, and would be kept to more widely than they say.
 */
export const informationKindSystem = 'https://care-timeline.example/fhir/CodeSystem/information-kind';

/** Our own label (`person`) on what is kept for the person alone: their choices. */
export const keptForSystem = 'https://care-timeline.example/fhir/CodeSystem/kept-for';

/** `meta.tag` systems of the Interweave R4 guide: which system told it, which organisation (ODS code) it is true for. */
export const sourceTagSystem = 'https://fhir.interweavedigital.nhs.uk/Source';
export const provenanceTagSystem = 'https://fhir.interweavedigital.nhs.uk/Provenance';

/** UK Core's extensions. */
export const ukCoreExtension = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-';
export const nhsNumberVerificationExtension = `${ukCoreExtension}NHSNumberVerificationStatus`;
export const nhsNumberVerificationSystem =
  'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland';
