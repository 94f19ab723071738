import type { Encounter, Extension } from 'fhir/r4';
import type { Outpatient } from '../../borough/happenings.ts';
import { classOf, concept, ukCore, ukCoreExtra } from '../codes.ts';
import { reasonOf, encounterOf } from '../encounter.ts';
import { type Pen, organisationReference, placeReference } from '../pen.ts';
import { specialtyConcept } from './diagnosis.ts';
import { outcomesOfAttendance } from './words.ts';

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
