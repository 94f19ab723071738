import type { CodeableConcept, Extension, Identifier } from 'fhir/r4';

const codes = 'https://fhir.interweavedigital.nhs.uk/CodeSystem/Interweave-';
const extensions = 'https://fhir.interweavedigital.nhs.uk/R4/StructureDefinition/Extension-Interweave-';

/** The code systems of the Interweave R4 guide that the council's words are told in. */
export type CodeList =
  | 'SocialCareRequesterType'
  | 'SocialCareContactReason'
  | 'SocialCareAssessmentType'
  | 'SocialCareAssessmentOutcome'
  | 'SocialCareServiceCategory'
  | 'SocialCareServiceType'
  | 'SocialCareSupportReason'
  | 'SocialCareSupportReasonCategory'
  | 'SocialCareAssessmentOutputType'
  | 'FlagCategory';

/** A code of an Interweave CodeSystem, with the text its profiles require. */
export function interweave(list: CodeList, code: string, display: string, text = display): CodeableConcept {
  return { coding: [{ system: codes + list, code, display }], text };
}

export function interweaveExtra(name: string, value: Omit<Extension, 'url'>): Extension {
  return { url: extensions + name, ...value };
}

/** `…/Id/local-{type}-identifier` of the Interweave guide; values carry the owner's code before the number. */
export function localIdentifier(type: string, value: string): Identifier {
  return { system: `https://fhir.interweavedigital.nhs.uk/Id/local-${type}-identifier`, value };
}
