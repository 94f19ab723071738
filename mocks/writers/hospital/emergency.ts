import type { Emergency } from '../../borough/happenings.ts';
import { classOf, concept, reference, ukCore } from '../codes.ts';
import { reasonOf, encounterOf } from '../encounter.ts';
import { type Pen, organisationReference, placeReference } from '../pen.ts';
import { specialtyConcept, writeDiagnosis } from './diagnosis.ts';

/** A visit to the emergency department, with what was thought and how it ended. */
export function writeEmergency(pen: Pen, visit: Emergency): void {
  const end = visit.end !== undefined && visit.end <= pen.asAt ? visit.end : undefined;
  const ended: Record<Emergency['outcome'], string> = {
    admitted: 'Admitted to this hospital',
    home: 'Home',
    left: 'Left before treatment was complete',
  };
  const diagnosis = visit.diagnosis === undefined ? undefined : `${visit.id}-diagnosis-1`;
  pen.add({
    ...encounterOf(
      pen,
      { ...visit, end },
      {
        class: classOf('EMER'),
        type: [
          {
            coding: [{ system: 'http://snomed.info/sct', code: '50849002', display: 'Emergency room admission' }],
            text: 'Emergency department visit',
          },
        ],
        number: `${pen.organisation}-${visit.visitNumber}`,
        staff: visit.staff,
        status: end === undefined ? 'in-progress' : 'finished',
      },
    ),
    serviceType: specialtyConcept('180'),
    reasonCode: reasonOf(visit, [concept(visit.reason)]),
    diagnosis:
      diagnosis === undefined
        ? undefined
        : [{ condition: reference('Condition', diagnosis, visit.diagnosis?.term.text ?? '') }],
    hospitalization: end === undefined ? undefined : { dischargeDisposition: { text: ended[visit.outcome] } },
    location: [
      {
        location: placeReference(`${visit.hospital}-ED`),
        physicalType: ukCore(
          'EncounterLocationTypeEngland',
          'E04',
          'Emergency Care Department or Minor Injuries Department',
        ),
      },
    ],
    serviceProvider: organisationReference(visit.hospital),
  });
  if (diagnosis !== undefined && visit.diagnosis !== undefined) writeDiagnosis(pen, visit, diagnosis, visit.diagnosis);
}
