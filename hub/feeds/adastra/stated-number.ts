import type { Identifier } from 'fhir/r4';
import { parseNhsNumber } from '../../../fhir/nhs-number.ts';
import { nhsNumberSystem, nhsNumberVerificationExtension, nhsNumberVerificationSystem } from '../../../fhir/systems.ts';

/** An NHS number as one telling of a case states it. */
export interface StatedNumber {
  value: string;
  /** Confirmed in the export, traced in the report. */
  confirmed: boolean;
}

const verification = {
  '01': 'Number present and verified',
  '02': 'Number present but not traced',
  '05': 'Number present and needs to be resolved',
} as const;

/**
 * The NHS numbers of a case as identifiers (UK Core NHSNumberVerificationStatus). Always with a status, because one without is
 * taken for confirmed. Harms: wrong patient, false join. A number that cannot have been issued, all its digits alike among
 * them, is kept as it was stated and is no NHS number. Two different numbers of one case vouch for nobody: both need resolving.
 */
export function numberIdentifiers(stated: readonly StatedNumber[], doubts: Set<string>): Identifier[] {
  const sound = new Map<string, boolean>();
  const unsound = new Set<string>();
  for (const { value, confirmed } of stated) {
    const digits = parseNhsNumber(value);
    if (digits === undefined || /^(\d)\1+$/.test(digits)) unsound.add(value);
    else sound.set(digits, (sound.get(digits) ?? false) || confirmed);
  }
  if (unsound.size > 0) doubts.add('An NHS number that cannot have been issued: kept as words');
  if (sound.size > 1) doubts.add('Two NHS numbers for one case: neither is believed alone');
  return [
    ...[...sound].map(([value, confirmed]) => nhsNumber(value, sound.size > 1 ? '05' : confirmed ? '01' : '02')),
    ...[...unsound].map((value) => ({ type: { text: 'NHS number as stated, never issued' }, value })),
  ];
}

function nhsNumber(value: string, code: keyof typeof verification): Identifier {
  return {
    extension: [
      {
        url: nhsNumberVerificationExtension,
        valueCodeableConcept: {
          coding: [{ system: nhsNumberVerificationSystem, code, display: verification[code] }],
        },
      },
    ],
    system: nhsNumberSystem,
    value,
  };
}
