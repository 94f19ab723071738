import type { CodeableConcept, FhirResource, Reference } from 'fhir/r4';
import { snomed } from '../../fhir/systems.ts';

/** What one resource states, point by point, in words that both sides of a round trip can be compared by. */
export type Facts = Readonly<Record<string, string | undefined>>;

export function labelOf({ meta }: FhirResource): string | undefined {
  return meta?.security?.map(({ code }) => code).join(' ');
}

export function coded(what: string, concept: CodeableConcept | undefined): Facts {
  return {
    [what]: concept?.text,
    [`${what}, SNOMED CT`]: concept?.coding?.find(({ system }) => system === snomed)?.code,
  };
}

export function when(text: string | undefined): Facts {
  return { day: text?.slice(0, 10), 'time of day': timeOf(text) };
}

export function timeOf(text: string | undefined): string | undefined {
  return text?.includes('T') === true ? text.slice(11) : undefined;
}

export function linked(reference: Reference | undefined): string | undefined {
  return reference === undefined ? undefined : 'linked';
}
