import type { AllergyIntolerance } from 'fhir/r4';
import { snomed } from '../../fhir/systems.ts';
import { date } from '../borough/clock.ts';
import { concept, hl7 } from './codes.ts';
import { encounterReference, metaOf, staffReference, type Pen } from './pen.ts';

/** Problems this source was told of, with how sure it is: suspected and refuted ones say so (misreading 7). */
export function writeProblems(pen: Pen): void {
  for (const problem of pen.life.problems) {
    if (!problem.tellers.includes(pen.source) || problem.onset > pen.asAt) continue;
    const over = problem.ended !== undefined && problem.ended <= pen.asAt;
    const verification = { confirmed: 'confirmed', suspected: 'provisional', refuted: 'refuted' }[problem.certainty];
    pen.add({
      resourceType: 'Condition',
      id: problem.id,
      ...metaOf(problem.labels),
      // R4 con-5: a refuted problem has a clinical status of none; con-4: one that has abated is not active.
      clinicalStatus: hl7(
        'condition-clinical',
        over ? 'resolved' : problem.certainty === 'refuted' ? 'inactive' : 'active',
      ),
      verificationStatus: hl7('condition-ver-status', verification),
      category: [hl7('condition-category', 'problem-list-item', 'Problem List Item')],
      code: concept(problem.term),
      subject: pen.patient,
      encounter: encounterReference(pen, problem.at),
      onsetDateTime: date(problem.onset),
      abatementDateTime: over ? date(problem.ended ?? problem.onset) : undefined,
      recordedDate: date(problem.onset),
    });
  }
}

/** Allergies as each source's own clinicians stated them; `no known allergies` is itself a statement (misreading 1). */
export function writeAllergies(pen: Pen): void {
  for (const allergy of pen.life.allergies) {
    if (!allergy.tellers.includes(pen.source) || allergy.stated > pen.asAt) continue;
    const resource: AllergyIntolerance = {
      resourceType: 'AllergyIntolerance',
      id: allergy.id,
      ...metaOf(allergy.labels),
      clinicalStatus: hl7('allergyintolerance-clinical', 'active', 'Active'),
      verificationStatus: hl7('allergyintolerance-verification', 'confirmed', 'Confirmed'),
      type: allergy.substance === undefined ? undefined : 'allergy',
      criticality: allergy.severe === true ? 'high' : undefined,
      code:
        allergy.substance === undefined
          ? { coding: [{ system: snomed, code: '716186003', display: 'No known allergy' }], text: 'No known allergies' }
          : concept(allergy.substance),
      patient: pen.patient,
      recordedDate: date(allergy.stated),
      recorder: staffReference(allergy.statedBy),
    };
    if (allergy.reaction !== undefined) {
      resource.reaction = [
        { manifestation: [concept(allergy.reaction)], severity: allergy.severe === true ? 'severe' : undefined },
      ];
    }
    pen.add(resource);
  }
}
