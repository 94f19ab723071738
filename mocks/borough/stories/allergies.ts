import type { Telling } from '../life.ts';
import type { SourceId } from '../../../fhir/sources.ts';
import { day } from '../clock.ts';
import { term } from '../vocabulary.ts';

export const substances = {
  penicillin: term('Penicillin', '91936005'),
  latex: term('Latex', '300916003'),
  peanut: term('Peanut', '91935009'),
  aspirin: term('Aspirin', '293586001'),
  codeine: term('Codeine'),
  trimethoprim: term('Trimethoprim'),
} as const;

export const reactions = {
  rash: term('Rash', '271807003'),
  anaphylaxis: term('Anaphylaxis', '39579001'),
  vomiting: term('Vomiting', '422400008'),
  wheeze: term('Wheeze', '56018004'),
} as const;

/** An allergy as one source's clinician stated it; each source states its own. */
export function allergic(
  t: Telling,
  teller: SourceId,
  stated: number,
  substance: keyof typeof substances,
  reaction: keyof typeof reactions,
  severe = false,
): void {
  t.note('allergies', {
    substance: substances[substance],
    reaction: reactions[reaction],
    severe,
    stated,
    statedBy: staterOf(t, teller),
    tellers: [teller],
  });
}

/** A clinician asked and there are none known (SNOMED CT 716186003). */
export function noKnownAllergies(t: Telling, teller: SourceId, stated: number): void {
  t.note('allergies', { substance: undefined, stated, statedBy: staterOf(t, teller), tellers: [teller] });
}

function staterOf(t: Telling, teller: SourceId): string {
  return teller === 'system-c' ? 'RKE-ed2' : teller === 'carecast' ? 'RRV-ed2' : t.person.usualGp;
}

/** What general people have: some allergies, many asked and none known, some never asked. */
export function usualAllergies(t: Telling): void {
  const { random } = t;
  const stated = t.life.recordStart + random.int(1, 400) * day;
  const state = random.weighted([
    ['known', 2],
    ['none', 5],
    ['unasked', 3],
  ] as const);
  if (state === 'none') return noKnownAllergies(t, 'emis', stated);
  if (state === 'known') {
    const substance = random.pick([
      'penicillin',
      'penicillin',
      'latex',
      'peanut',
      'aspirin',
      'codeine',
      'trimethoprim',
    ] as const);
    allergic(t, 'emis', stated, substance, random.pick(['rash', 'vomiting', 'wheeze'] as const), random.chance(0.15));
  }
}
