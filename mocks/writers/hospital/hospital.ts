import type { Happening, Hospital } from '../../borough/happenings.ts';
import type { Borough, Life } from '../../borough/truth.ts';
import { writeAppointments } from '../appointments.ts';
import { writeAllergies, writeProblems } from '../conditions.ts';
import { writeLetters } from '../letters.ts';
import { writeMedicines } from '../medicines.ts';
import { writePatient } from '../patient.ts';
import { penFor, recordOf, type Pen } from '../pen.ts';
import { writePlans } from '../plans.ts';
import { writeWarnings } from '../warnings.ts';
import { writeReports } from '../results.ts';
import { writeVitals } from '../vitals.ts';
import type { SourceRecordLike } from '../source-record.ts';
import { writeCommunityVisit, writeMentalHealthContact } from './contacts.ts';
import { writeEmergency } from './emergency.ts';
import { writeOutpatient } from './outpatient.ts';
import { writeStay } from './stays.ts';

/** Whether this hospital's system tells of the event: its own visits, and at the Whittington the community's too. */
function tells(hospital: Hospital, event: Happening): boolean {
  if (event.kind === 'emergency' || event.kind === 'stay' || event.kind === 'outpatient') {
    return event.hospital === hospital;
  }
  if (event.kind === 'booking') return event.organisation === hospital;
  return hospital === 'RKE' && (event.kind === 'community' || event.kind === 'mental-health');
}

/** A hospital's record of a person it has seen or will see; undefined when it never met them. */
export function writeHospital(hospital: Hospital, life: Life, borough: Borough): SourceRecordLike | undefined {
  const events = life.happenings.filter((event) => tells(hospital, event));
  if (events.length === 0) return undefined;
  const pen = penFor(hospital === 'RKE' ? 'system-c' : 'carecast', hospital, life, borough);
  writePatient(pen);
  for (const event of events) if (event.start <= pen.asAt) writeEvent(pen, event);
  writeAppointments(pen);
  writeProblems(pen);
  writeAllergies(pen);
  writeMedicines(pen);
  writeVitals(pen);
  writeReports(pen);
  writeLetters(pen);
  writePlans(pen);
  writeWarnings(pen);
  return recordOf(pen);
}

function writeEvent(pen: Pen, event: Happening): void {
  if (event.kind === 'stay') writeStay(pen, event);
  if (event.kind === 'emergency') writeEmergency(pen, event);
  if (event.kind === 'outpatient') writeOutpatient(pen, event);
  if (event.kind === 'community') writeCommunityVisit(pen, event);
  if (event.kind === 'mental-health') writeMentalHealthContact(pen, event);
}
