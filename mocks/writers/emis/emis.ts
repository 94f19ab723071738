import type { Borough, Life } from '../../borough/truth.ts';
import { writeAppointments } from '../appointments.ts';
import { writeAllergies, writeProblems } from '../conditions.ts';
import { writeLetters } from '../letters.ts';
import { writeMedicines } from '../medicines.ts';
import { writePatient } from '../patient.ts';
import { penFor, recordOf } from '../pen.ts';
import { writeImmunisations, writePlans } from '../plans.ts';
import { writeListWarnings, writeWarnings } from '../warnings.ts';
import { writeReports } from '../results.ts';
import { writeVitals } from '../vitals.ts';
import type { SourceRecordLike } from '../source-record.ts';
import { writeConsultations, writeExternallyEntered } from './consultations.ts';

/** The GP record as EMIS holds it: everybody registered has one, if only with their name in it. */
export function writeEmis(life: Life, borough: Borough): SourceRecordLike {
  const pen = penFor('emis', life.person.practice, life, borough);
  writePatient(pen);
  writeConsultations(pen);
  writeExternallyEntered(pen);
  writeAppointments(pen);
  writeProblems(pen);
  writeAllergies(pen);
  writeMedicines(pen);
  writeVitals(pen);
  writeReports(pen);
  writeLetters(pen);
  writeImmunisations(pen);
  writePlans(pen);
  writeWarnings(pen);
  writeListWarnings(pen);
  return recordOf(pen);
}
