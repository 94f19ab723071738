import type { Diagnosis, Hospital, Stay } from '../../../borough/happenings.ts';
import { habitsOf } from './habits.ts';
import { hl7Time } from './hl7.ts';
import { components, segment } from './segments.ts';

/** DG1, one a diagnosis made then: final or working. What was ruled out is simply not in the list: HL7 v2.4 has no word for it. */
export function diagnosesIn(hospital: Hospital, diagnoses: readonly Diagnosis[], made: number): string[] {
  return diagnoses
    .filter(({ certainty }) => certainty !== 'refuted')
    .map(({ term, certainty }, index) =>
      segment('DG1', {
        1: String(index + 1),
        3: components(term.code, term.text, term.code === undefined ? '' : 'SCT'),
        5: hl7Time(made, hospital),
        6: certainty === 'confirmed' ? 'F' : 'W',
      }),
    );
}

/** PR1, one a procedure done by then. */
export function proceduresIn(hospital: Hospital, stay: Stay, by: number): string[] {
  return stay.procedures
    .filter(({ at }) => at <= by)
    .map(({ term, at }, index) =>
      segment('PR1', {
        1: String(index + 1),
        3: components(term.code, term.text, term.code === undefined ? '' : 'SCT'),
        5: hl7Time(at, hospital),
        11: habitsOf(hospital).staff(stay.staff),
      }),
    );
}
