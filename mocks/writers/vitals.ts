import type { Observation, ObservationComponent } from 'fhir/r4';
import { loinc, snomed, ucum } from '../../fhir/systems.ts';
import { dateTime } from '../borough/clock.ts';
import type { VitalType } from '../borough/facts.ts';
import { hl7 } from './codes.ts';
import { type Pen, encounterReference, metaOf } from './pen.ts';

const vitalWords: Record<VitalType, { text: string; loinc: string; snomed: string; unit: string }> = {
  'blood-pressure': { text: 'Blood pressure', loinc: '85354-9', snomed: '75367002', unit: 'mm[Hg]' },
  weight: { text: 'Body weight', loinc: '29463-7', snomed: '27113001', unit: 'kg' },
  oxygen: { text: 'Oxygen saturation', loinc: '59408-5', snomed: '431314004', unit: '%' },
  glucose: { text: 'Blood glucose', loinc: '15074-8', snomed: '', unit: 'mmol/L' },
  pulse: { text: 'Heart rate', loinc: '8867-4', snomed: '364075005', unit: '/min' },
  temperature: { text: 'Body temperature', loinc: '8310-5', snomed: '386725007', unit: 'Cel' },
  bmi: { text: 'Body mass index', loinc: '39156-5', snomed: '60621009', unit: 'kg/m2' },
};

/** What was measured, by UK Core vital signs: a blood pressure is one Observation with two components. */
export function vitalOf(
  type: VitalType,
  values: readonly number[],
): Pick<Observation, 'category' | 'code' | 'valueQuantity' | 'component'> {
  const words = vitalWords[type];
  const coding = [
    { system: loinc, code: words.loinc },
    ...(words.snomed === '' ? [] : [{ system: snomed, code: words.snomed }]),
  ];
  const quantity = (value: number | undefined) => ({ value, unit: words.unit, system: ucum, code: words.unit });
  const head = {
    category: [hl7('observation-category', 'vital-signs', 'Vital Signs')],
    code: { coding, text: words.text },
  };
  if (type !== 'blood-pressure') return { ...head, valueQuantity: quantity(values[0]) };
  const part = (
    text: string,
    loincCode: string,
    snomedCode: string,
    value: number | undefined,
  ): ObservationComponent => ({
    code: {
      coding: [
        { system: loinc, code: loincCode },
        { system: snomed, code: snomedCode },
      ],
      text,
    },
    valueQuantity: quantity(value),
  });
  return {
    ...head,
    component: [
      part('Systolic blood pressure', '8480-6', '72313002', values[0]),
      part('Diastolic blood pressure', '8462-4', '1091811000000102', values[1]),
    ],
  };
}

/** What staff measured at a contact. */
export function writeVitals(pen: Pen): void {
  for (const vital of pen.life.vitals) {
    if (!vital.tellers.includes(pen.source) || vital.taken > pen.asAt) continue;
    pen.add({
      resourceType: 'Observation',
      id: vital.id,
      ...metaOf(vital.labels),
      status: 'final',
      ...vitalOf(vital.type, vital.values),
      subject: pen.patient,
      encounter: encounterReference(pen, vital.at),
      effectiveDateTime: dateTime(vital.taken),
    });
  }
}
