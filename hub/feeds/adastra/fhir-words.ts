import type { CodeableConcept, Coding, Extension, Identifier } from 'fhir/r4';
import { actCode, ukCoreExtension } from '../../../fhir/systems.ts';

/** `…/Id/local-{type}-identifier` of the Interweave guide; the value carries its owner's ODS code. */
export function localIdentifier(type: 'patient' | 'case' | 'encounter', value: string): Identifier {
  return { system: `https://fhir.interweavedigital.nhs.uk/Id/local-${type}-identifier`, value };
}

/** How a contact took place: v3 ActCode, and Interweave's own for a call to 111. */
export const classes = {
  '111': {
    system: 'https://fhir.interweavedigital.nhs.uk/CodeSystem/Interweave-EncounterClass',
    code: '111',
    display: 'NHS 111 encounter',
  },
  call: { system: actCode, code: 'VR', display: 'virtual' },
  base: { system: actCode, code: 'AMB', display: 'ambulatory' },
  home: { system: actCode, code: 'HH', display: 'home health' },
} as const satisfies Record<string, Coding>;

/** R4 requires a class: where nobody stated one, it says just that. */
export const classNotStated: Coding = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
};

/** UK Core EncounterLocationTypeEngland. */
export function placeType(code: 'A01' | 'D02'): CodeableConcept {
  const display = code === 'A01' ? "Patient's Home" : 'Out of Hours Centre';
  return {
    coding: [{ system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-EncounterLocationTypeEngland', code, display }],
    text: display,
  };
}

/** What came of a contact (UK Core OutcomeOfAttendance); in words, where no national code was stated. */
export function outcomeOf(value: CodeableConcept): Extension {
  return { url: `${ukCoreExtension}OutcomeOfAttendance`, valueCodeableConcept: value };
}

/** Who was seen or spoken to (v3 ParticipationType). */
export const attender: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
  code: 'ATND',
  display: 'attender',
};
