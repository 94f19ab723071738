import type { CodeableConcept, Coding, Extension, Identifier, Reference } from 'fhir/r4';
import { actCode, confidentiality, snomed, ukCoreExtension } from '../../fhir/systems.ts';
import type { Label, Term } from '../borough/facts.ts';

const ukCoreCodes = 'https://fhir.hl7.org.uk/CodeSystem/UKCore-';
const interweaveCodes = 'https://fhir.interweavedigital.nhs.uk/CodeSystem/Interweave-';
const interweaveExtensions = 'https://fhir.interweavedigital.nhs.uk/R4/StructureDefinition/Extension-Interweave-';
const hl7Codes = 'http://terminology.hl7.org/CodeSystem/';

/** A clinical word as a CodeableConcept: coded in SNOMED CT where the concept is certain, always with its text. */
export function concept(term: Term): CodeableConcept {
  return term.code === undefined
    ? { text: term.text }
    : { coding: [{ system: snomed, code: term.code, display: term.text }], text: term.text };
}

/** A code of a UK Core CodeSystem (`AdmissionMethodEngland`). */
export function ukCore(codeSystem: string, code: string, display: string): CodeableConcept {
  return { coding: [{ system: ukCoreCodes + codeSystem, code, display }], text: display };
}

/** A code of an Interweave CodeSystem (`SocialCareServiceType`), with the text its profiles require. */
export function interweave(codeSystem: string, code: string, display: string, text = display): CodeableConcept {
  return { coding: [{ system: interweaveCodes + codeSystem, code, display }], text };
}

/** A code of an HL7 terminology CodeSystem (`condition-clinical`). */
export function hl7(codeSystem: string, code: string, display?: string): CodeableConcept {
  return { coding: [{ system: hl7Codes + codeSystem, code, display }] };
}

/** Encounter.class: v3 ActCode, or Interweave's own where that has none (111). */
export function classOf(code: 'AMB' | 'EMER' | 'HH' | 'IMP' | 'VR' | '111'): Coding {
  if (code === '111') return { system: `${interweaveCodes}EncounterClass`, code, display: 'NHS 111 encounter' };
  const display = {
    AMB: 'ambulatory',
    EMER: 'emergency',
    HH: 'home health',
    IMP: 'inpatient encounter',
    VR: 'virtual',
  }[code];
  return { system: actCode, code, display };
}

export function ukCoreExtra(name: string, value: CodeableConcept): Extension {
  return { url: ukCoreExtension + name, valueCodeableConcept: value };
}

export function interweaveExtra(name: string, value: Omit<Extension, 'url'>): Extension {
  return { url: interweaveExtensions + name, ...value };
}

/** `…/Id/local-{type}-identifier` of the Interweave guide; values carry the owner's ODS code before the number. */
export function localIdentifier(type: string, value: string): Identifier {
  return { system: `https://fhir.interweavedigital.nhs.uk/Id/local-${type}-identifier`, value };
}

/** Security labels as `meta.security`. */
export function security(labels: readonly Label[] | undefined): Coding[] | undefined {
  if (labels === undefined || labels.length === 0) return undefined;
  return labels.map((code) =>
    code === 'R' || code === 'V'
      ? { system: confidentiality, code, display: code === 'R' ? 'restricted' : 'very restricted' }
      : {
          system: actCode,
          code,
          display:
            code === 'PSY'
              ? 'psychiatry disorder information sensitivity'
              : 'sexually transmitted disease information sensitivity',
        },
  );
}

/** A reference to somebody or something in the same source, always with words for a reader who cannot follow it. */
export function reference(type: string, id: string, display: string): Reference {
  return { reference: `${type}/${id}`, display };
}
