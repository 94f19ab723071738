import type { Extension } from 'fhir/r4';
import { concept, items, text } from '../read.ts';

const base = 'https://fhir.interweavedigital.nhs.uk/R4/StructureDefinition/Extension-Interweave-';

/** The words of a coded extension of the Interweave R4 guide, by its short name. */
export function interweaveConcept(owner: { extension?: Extension[] }, name: string): string | undefined {
  const found = items(owner.extension).find((item) => text(item.url) === `${base}${name}`);
  return concept(found?.valueCodeableConcept) ?? text(found?.valueString);
}
