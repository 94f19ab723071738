import type { Observation, ObservationComponent } from 'fhir/r4';
import { loinc, snomed, ucum, ukCoreExtension } from './systems.ts';

const categories = 'http://terminology.hl7.org/CodeSystem/observation-category';

/** What a person measured of themself: kilograms; millimetres of mercury. */
export type OwnReading =
  | { kind: 'weight'; kilograms: number }
  | { kind: 'blood-pressure'; systolic: number; diastolic: number };

/** Beyond these it is a slip of the finger, or of the unit. Lowest and highest, in the reading's own unit. */
export const readingLimits = {
  kilograms: [1, 400],
  systolic: [50, 300],
  diastolic: [20, 200],
} as const;

/** What is wrong with a reading as it was entered, each in a sentence for the person; none where it may be shared. */
export function readingProblems(reading: OwnReading): string[] {
  if (reading.kind === 'weight')
    return outside('kilograms', reading.kilograms) ? [`A weight is from ${span('kilograms')} kilograms.`] : [];
  const { systolic, diastolic } = reading;
  const problems: string[] = [];
  if (outside('systolic', systolic)) problems.push(`The upper number is from ${span('systolic')}.`);
  if (outside('diastolic', diastolic)) problems.push(`The lower number is from ${span('diastolic')}.`);
  if (problems.length === 0 && diastolic >= systolic)
    problems.push('The upper number has to be greater than the lower one.');
  return problems;
}

function outside(which: keyof typeof readingLimits, value: number): boolean {
  const [low, high] = readingLimits[which];
  return !(value >= low && value <= high);
}

function span(which: keyof typeof readingLimits): string {
  const [low, high] = readingLimits[which];
  return `${low} to ${high}`;
}

/**
 * A reading as a FHIR R4 Observation (vital signs; UK Core Observation, a blood pressure as one with two components), performed by
 * the person, in a residential setting.
 * @param patient `Patient/id`
 * @param takenAt ISO 8601 with time and offset
 */
export function observationOf(patient: string, reading: OwnReading, takenAt: string): Observation {
  return {
    resourceType: 'Observation',
    extension: [
      {
        url: `${ukCoreExtension}RecordingSetting`,
        valueCodeableConcept: {
          coding: [
            {
              system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-RecordingSetting',
              code: 'residential',
              display: 'Residential',
            },
          ],
        },
      },
    ],
    status: 'final',
    category: [{ coding: [{ system: categories, code: 'vital-signs', display: 'Vital Signs' }] }],
    ...measured(reading),
    subject: { reference: patient },
    effectiveDateTime: takenAt,
    performer: [{ reference: patient }],
    note: [{ text: 'Entered by the person, not checked by staff' }],
  };
}

function measured(reading: OwnReading): Pick<Observation, 'code' | 'valueQuantity' | 'component'> {
  if (reading.kind === 'weight')
    return { code: codeOf('Body weight', '29463-7', '27113001'), valueQuantity: quantity(reading.kilograms, 'kg') };
  return {
    code: codeOf('Blood pressure', '85354-9', '75367002'),
    component: [
      part('Systolic blood pressure', '8480-6', '72313002', reading.systolic),
      part('Diastolic blood pressure', '8462-4', '1091811000000102', reading.diastolic),
    ],
  };
}

function part(text: string, loincCode: string, snomedCode: string, value: number): ObservationComponent {
  return { code: codeOf(text, loincCode, snomedCode), valueQuantity: quantity(value, 'mm[Hg]') };
}

function codeOf(text: string, loincCode: string, snomedCode: string): Observation['code'] {
  return {
    coding: [
      { system: loinc, code: loincCode },
      { system: snomed, code: snomedCode },
    ],
    text,
  };
}

function quantity(value: number, unit: string): NonNullable<Observation['valueQuantity']> {
  return { value, unit, system: ucum, code: unit };
}

/** The reading that an Observation of this form states; undefined where it states none. */
export function readingOf(observation: Partial<Observation>): OwnReading | undefined {
  const weight = observation.valueQuantity?.value;
  if (typeof weight === 'number') return { kind: 'weight', kilograms: weight };
  const [systolic, diastolic] = (observation.component ?? []).map(({ valueQuantity }) => valueQuantity?.value);
  if (typeof systolic !== 'number' || typeof diastolic !== 'number') return undefined;
  return { kind: 'blood-pressure', systolic, diastolic };
}
