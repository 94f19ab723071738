import { metaOf } from '../pen.ts';
import { dateTime } from '../../borough/clock.ts';
import type { Diagnosis, Emergency, Stay } from '../../borough/happenings.ts';
import { specialties } from '../../borough/places.ts';
import { concept, hl7, ukCore } from '../codes.ts';
import type { Pen } from '../pen.ts';

export const specialtyConcept = (code: string) =>
  ukCore('PracticeSettingCode', code, specialties.get(code) ?? 'Not recorded');

/** A diagnosis made at a visit: suspected ones stay provisional (misreading 7). */
export function writeDiagnosis(pen: Pen, event: Stay | Emergency, id: string, { term, certainty }: Diagnosis): void {
  pen.add({
    resourceType: 'Condition',
    id,
    ...metaOf(event.labels),
    clinicalStatus: hl7('condition-clinical', certainty === 'refuted' ? 'inactive' : 'active'),
    verificationStatus: hl7(
      'condition-ver-status',
      { confirmed: 'confirmed', suspected: 'provisional', refuted: 'refuted' }[certainty],
    ),
    category: [hl7('condition-category', 'encounter-diagnosis', 'Encounter Diagnosis')],
    code: concept(term),
    subject: pen.patient,
    encounter: { reference: `Encounter/${event.id}` },
    recordedDate: dateTime(event.start),
  });
}
