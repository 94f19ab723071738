import type { AllergyIntolerance } from 'fhir/r4';
import { conceptOf, hl7Code } from '../concepts.ts';
import { readDay } from '../date-time.ts';
import type { Segment } from '../message.ts';
import { ownId } from '../own-ids.ts';
import type { Holder } from './patient.ts';
import { lookUp } from '../look-up.ts';

/**
 * Allergies that the patient system lists (AL1). It says neither who found them nor how sure they were, and no more is told;
 * what it names by a code of its own keeps that code as its words, for a warning is never dropped.
 */
export function allergiesOf(
  segments: readonly Segment[],
  { subject, dialect }: Holder,
  doubts: string[],
): AllergyIntolerance[] {
  const told = new Map<string, AllergyIntolerance>();
  for (const al1 of segments) {
    const code = conceptOf(al1.values(3)[0], dialect.codeSystems);
    if (code === undefined) continue;
    const id = ownId(subject, 'allergy', code.coding?.[0]?.code ?? code.text ?? '');
    const { value: found, doubt } = readDay(al1.at(6));
    if (doubt !== undefined) doubts.push(`${doubt} (AL1-6)`);
    const reactions = al1.values(5).map((reaction) => reaction.text);
    const severity = lookUp(severities, al1.at(4).toUpperCase());
    const [category] = lookUp(categories, al1.at(2).toUpperCase()) ?? [];
    told.set(id, {
      resourceType: 'AllergyIntolerance',
      id,
      clinicalStatus: hl7Code('allergyintolerance-clinical', 'active', 'Active'),
      type: 'allergy',
      ...(category === undefined ? {} : { category: [category] }),
      ...(severity === 'severe' ? { criticality: 'high' as const } : {}),
      code,
      patient: { reference: `Patient/${subject}` },
      ...(found === undefined ? {} : { onsetDateTime: found }),
      ...(reactions.length === 0
        ? {}
        : {
            reaction: reactions.map((text) => ({
              manifestation: [{ text }],
              ...(severity === undefined ? {} : { severity }),
            })),
          }),
    });
  }
  return [...told.values()];
}

/** HL7 table 0128. */
const severities: Readonly<Record<string, 'mild' | 'moderate' | 'severe'>> = {
  SV: 'severe',
  MO: 'moderate',
  MI: 'mild',
};

/** HL7 table 0127. */
const categories: Readonly<Record<string, readonly ('medication' | 'food' | 'environment')[]>> = {
  DA: ['medication'],
  FA: ['food'],
  EA: ['environment'],
};
