import type { Encounter, Extension } from 'fhir/r4';
import { dateTime } from '../../borough/clock.ts';
import type { Diagnosis, Emergency, Outpatient, Stay } from '../../borough/happenings.ts';
import { specialties } from '../../borough/places.ts';
import { classOf, concept, hl7, reference, ukCore, ukCoreExtra } from '../codes.ts';
import { encounterOf, reasonOf } from '../encounter.ts';
import { metaOf, organisationReference, placeReference, staffReference, type Pen } from '../pen.ts';
import { admissionMethods, destinations, dischargeMethods, outcomesOfAttendance, sourcesOfAdmission } from './words.ts';

const specialtyConcept = (code: string) => ukCore('PracticeSettingCode', code, specialties.get(code) ?? 'Not recorded');

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

/** A diagnosis made at a visit: suspected ones stay provisional (misreading 7). */
function writeDiagnosis(pen: Pen, event: Stay | Emergency, id: string, { term, certainty }: Diagnosis): void {
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

/** An outpatient attendance, pointing to the booking it came from. */
export function writeOutpatient(pen: Pen, visit: Outpatient): void {
  const booking = pen.life.happenings.find((each) => each.kind === 'booking' && each.attendance === visit.id);
  const extra: Extension[] = [ukCoreExtra('DeliveryChannel', ukCore('DeliveryChannel', visit.channel, visit.channel))];
  if (visit.outcome !== undefined)
    extra.push(
      ukCoreExtra(
        'OutcomeOfAttendance',
        ukCore('OutcomeOfAttendanceEngland', visit.outcome, outcomesOfAttendance[visit.outcome]),
      ),
    );
  const encounter: Encounter = {
    ...encounterOf(pen, visit, {
      class: classOf(visit.channel === 'In-person' ? 'AMB' : 'VR'),
      type: [{ text: 'Outpatient visit' }],
      number: `${pen.organisation}-${visit.visitNumber}`,
      staff: visit.staff,
    }),
    extension: extra,
    serviceType: specialtyConcept(visit.specialty),
    appointment: booking === undefined ? undefined : [{ reference: `Appointment/${booking.id}` }],
    reasonCode: reasonOf(visit, [concept(visit.reason)]),
    location: [
      {
        location: placeReference(visit.clinic),
        physicalType: ukCore('EncounterLocationTypeEngland', 'E01', 'Out-Patient Clinic'),
      },
    ],
    serviceProvider: organisationReference(visit.hospital),
  };
  pen.add(encounter);
}
