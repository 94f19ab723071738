import { dateTime } from '../../borough/clock.ts';
import type { Stay } from '../../borough/happenings.ts';
import { classOf, concept, hl7, reference, ukCore, ukCoreExtra } from '../codes.ts';
import { reasonOf, encounterOf } from '../encounter.ts';
import { type Pen, organisationReference, placeReference, staffReference, metaOf } from '../pen.ts';
import { specialtyConcept, writeDiagnosis } from './diagnosis.ts';
import { admissionMethods, destinations, dischargeMethods, sourcesOfAdmission } from './words.ts';

/** A stay with its wards as `location` entries (a move is no Encounter of its own), its diagnoses and procedures. */
export function writeStay(pen: Pen, stay: Stay): void {
  const end = stay.end !== undefined && stay.end <= pen.asAt ? stay.end : undefined;
  const diagnoses = stay.diagnoses.map((diagnosis, index) => ({ id: `${stay.id}-diagnosis-${index + 1}`, diagnosis }));
  const known = { ...stay, end };
  pen.add({
    ...encounterOf(pen, known, {
      class: classOf('IMP'),
      type: [
        {
          coding: [{ system: 'http://snomed.info/sct', code: '185212007', display: 'Seen in hospital ward' }],
          text: 'Hospital stay',
        },
      ],
      number: `${pen.organisation}-${stay.visitNumber}`,
      staff: stay.staff,
      status: end === undefined ? 'in-progress' : 'finished',
    }),
    extension:
      end === undefined || stay.discharge === undefined
        ? undefined
        : [
            ukCoreExtra(
              'DischargeMethod',
              ukCore('DischargeMethodEngland', stay.discharge.method, dischargeMethods[stay.discharge.method] ?? ''),
            ),
          ],
    serviceType: specialtyConcept(stay.specialty),
    reasonCode: reasonOf(stay, [concept(stay.reason)]),
    diagnosis:
      diagnoses.length === 0
        ? undefined
        : diagnoses.map(({ id, diagnosis }, index) => ({
            condition: reference('Condition', id, diagnosis.term.text),
            use: hl7('diagnosis-role', 'DD', 'Discharge diagnosis'),
            rank: index + 1,
          })),
    hospitalization: {
      extension: [
        ukCoreExtra(
          'AdmissionMethod',
          ukCore('AdmissionMethodEngland', stay.admission, admissionMethods[stay.admission] ?? ''),
        ),
      ],
      admitSource: ukCore('SourceOfAdmissionEngland', stay.admittedFrom, sourcesOfAdmission[stay.admittedFrom] ?? ''),
      dischargeDisposition:
        end === undefined || stay.discharge === undefined
          ? undefined
          : {
              ...ukCore(
                'DischargeDestinationEngland',
                stay.discharge.destination,
                destinations[stay.discharge.destination] ?? '',
              ),
              text: stay.discharge.words,
            },
    },
    location: stay.wards
      .filter(({ start }) => start <= pen.asAt)
      .map(({ ward, start, end: left }) => ({
        location: placeReference(ward),
        status: left !== undefined && left <= pen.asAt ? ('completed' as const) : ('active' as const),
        physicalType: ukCore('EncounterLocationTypeEngland', 'E02', 'Ward'),
        period: { start: dateTime(start), end: left !== undefined && left <= pen.asAt ? dateTime(left) : undefined },
      })),
    serviceProvider: organisationReference(stay.hospital),
  });
  for (const { id, diagnosis } of diagnoses) writeDiagnosis(pen, stay, id, diagnosis);
  for (const { id, term, at } of stay.procedures.filter((each) => each.at <= pen.asAt)) {
    pen.add({
      resourceType: 'Procedure',
      id,
      ...metaOf(stay.labels),
      status: 'completed',
      code: concept(term),
      subject: pen.patient,
      encounter: { reference: `Encounter/${stay.id}` },
      performedDateTime: dateTime(at),
      performer: [{ actor: staffReference(stay.staff) }],
    });
  }
}
