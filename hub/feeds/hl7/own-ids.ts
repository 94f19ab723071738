import type { Identifier, Reference } from 'fhir/r4';

/**
 * The id a thing has within its source, made of the numbers its source knows it by: the same for everyone who refers to
 * it, whichever message came first. Parts are divided so that no two sets of them come to one id.
 */
export function ownId(kind: string, ...parts: readonly string[]): string {
  return [kind, ...parts.map(encodeURIComponent)].join(':');
}

/** `…/Id/local-{type}-identifier` of the Interweave guide; values carry the owner's ODS code before the number. */
export function localIdentifier(type: string, organisation: string, number: string): Identifier {
  return {
    system: `https://fhir.interweavedigital.nhs.uk/Id/local-${type}-identifier`,
    value: `${organisation}-${number}`,
  };
}

/** The Encounter of a visit number (PV1-19), for those who belong to it; undefined where none is stated. */
export function visitReference(visitNumber: string): Reference | undefined {
  if (visitNumber === '') return undefined;
  return { reference: `Encounter/${ownId('visit', visitNumber)}`, display: `Visit ${visitNumber}` };
}
