import { createHash } from 'node:crypto';
import type { Term } from '../../../../borough/facts.ts';
import { snomed } from '../../../../../fhir/systems.ts';
import { guid } from '../csv/guid.ts';

/** A FHIR STU3 resource or a part of one, as EMIS writes it. */
export type Stu3 = { [name: string]: unknown };

/** `…/Extension-CareConnect-GPC-{name}-1` of NHS Digital's STU3 profiles. */
export function gpcExtension(name: string): string {
  return `https://fhir.nhs.uk/STU3/StructureDefinition/Extension-CareConnect-GPC-${name}-1`;
}

/** `…/Extension-CareConnect-{name}-1` of HL7 UK's. */
export function careConnectExtension(name: string): string {
  return `https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-${name}-1`;
}

export function profile(name: string): Stu3 {
  return { profile: [`https://fhir.nhs.uk/STU3/StructureDefinition/CareConnect-GPC-${name}-1`] };
}

/** A GUID of the extracts as GP Connect writes it: capitals, no braces. */
export function bare(braced: string): string {
  return braced.slice(1, -1);
}

export function bareGuid(words: string): string {
  return bare(guid(words));
}

/** EMIS numbers what it sends by the person's GUID and the thing's own, run together. */
export function emisIdentifier(practice: string, patient: string, id: string): Stu3[] {
  return [{ system: `https://EMISWeb/${practice}`, value: `${patient}${id}`.replaceAll('-', '') }];
}

/**
 * A coded entry as EMIS sends it: the code its user picked (Read, here invented ones of Read's shape) beside SNOMED CT with the
 * description; a term of the practice's own has EMIS's own code and no other.
 */
export function coded({ text, code }: Term): Stu3 {
  const digest = createHash('sha256').update(text).digest('hex');
  if (code === undefined) {
    const own = `PRAC${digest.slice(0, 6).toUpperCase()}`;
    return {
      coding: [{ system: 'https://fhir.hl7.org.uk/Id/egton-codes', code: own, display: text, userSelected: true }],
      text,
    };
  }
  const description = String(Number.parseInt(digest.slice(0, 8), 16)).padStart(10, '1');
  return {
    coding: [
      { system: 'http://read.info/readv2', code: `${digest.slice(0, 3)}..00`, display: text, userSelected: true },
      {
        extension: [
          {
            url: 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-coding-sctdescid',
            extension: [
              { url: 'descriptionId', valueId: `${description}011` },
              { url: 'descriptionDisplay', valueString: text },
            ],
          },
        ],
        system: snomed,
        code,
        display: text,
      },
    ],
  };
}

/** A SNOMED CT code alone, as lists and comments have. */
export function snomedCode(code: string, display: string): Stu3 {
  return { coding: [{ system: snomed, code, display }] };
}

export function reference(type: string, id: string): Stu3 {
  return { reference: `${type}/${id}` };
}

/** The resource without what nobody stated. */
export function stated(resource: Stu3): Stu3 {
  return Object.fromEntries(Object.entries(resource).filter(([, value]) => value !== undefined));
}
