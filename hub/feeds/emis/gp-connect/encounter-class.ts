import type { Coding } from 'fhir/r4';
import { actCode } from '../../../../fhir/systems.ts';

const told: readonly [RegExp, 'AMB' | 'HH' | 'VR', string][] = [
  [/telephone|\bphone\b|video|online consult|e-?consult/i, 'VR', 'virtual'],
  [/home visit|residential (?:home|care home) visit|nursing home visit/i, 'HH', 'home health'],
  [/^(?:gp )?surgery(?: consultation)?$|^(?:practice )?nurse consultation$|face[- ]to[- ]face/i, 'AMB', 'ambulatory'],
];

/** Words that tell of what somebody else did, or of paper: how that was done, nobody here knows. */
const reported =
  /report|letter|\bnote from\b|externally|hospital|111|out of hours|third party|admin|failed|did not attend|\bdna\b/i;

/**
 * What kind of contact it was, only where EMIS's own words for it leave no doubt. EMIS states no class, and R4 wants one:
 * where the words do not tell, it says just that.
 */
export function classOfWords(type: string | undefined): Coding {
  const found = type === undefined || reported.test(type) ? undefined : told.find(([pattern]) => pattern.test(type));
  if (found === undefined) {
    return { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] };
  }
  return { system: actCode, code: found[1], display: found[2] };
}
