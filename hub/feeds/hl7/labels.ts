import type { Coding } from 'fhir/r4';
import { actCode, confidentiality } from '../../../fhir/systems.ts';

/** What a source marks as not for everybody, as the hub labels it (`hub/access/labels.ts`). */
export type Sensitivity = 'R' | 'V' | 'PSY' | 'STD';

/** v3-Confidentiality R: withheld, and that something is withheld may be said. */
export const restricted: Coding = { system: confidentiality, code: 'R', display: 'restricted' };

/** `meta.security` for these. */
export function securityOf(sensitivities: readonly Sensitivity[]): Coding[] {
  return [...new Set(sensitivities)].map((code) => codings[code]);
}

const codings: Readonly<Record<Sensitivity, Coding>> = {
  R: restricted,
  V: { system: confidentiality, code: 'V', display: 'very restricted' },
  PSY: { system: actCode, code: 'PSY', display: 'psychiatry disorder information sensitivity' },
  STD: { system: actCode, code: 'STD', display: 'sexually transmitted disease information sensitivity' },
};
