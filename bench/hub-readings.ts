import type { Observation } from 'fhir/r4';
import { searchValuesOf } from '../hub/fhir/search-values.ts';
import type { NewRow } from '../hub/store/rows.ts';

/** The person of these measurements. */
export const person = '11111111-1111-4111-8111-111111111111';

/** A blood result as a laboratory sends one, about 1 KB. */
export function reading(place: string): Observation {
  return {
    resourceType: 'Observation',
    status: 'final',
    identifier: [{ system: 'https://bench.example/results', value: place }],
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/observation-category',
            code: 'laboratory',
            display: 'Laboratory',
          },
        ],
      },
    ],
    code: {
      coding: [
        { system: 'http://loinc.org', code: '2823-3', display: 'Potassium [Moles/volume] in Serum or Plasma' },
        { system: 'http://snomed.info/sct', code: '1000651000000109', display: 'Serum potassium level' },
      ],
      text: 'Serum potassium',
    },
    subject: { reference: `Patient/${person}` },
    effectiveDateTime: '2026-11-20T08:00:00Z',
    issued: '2026-11-20T12:00:00Z',
    valueQuantity: { value: 4.1, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
    interpretation: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation',
            code: 'N',
            display: 'Normal',
          },
        ],
      },
    ],
    referenceRange: [{ low: { value: 3.5, unit: 'mmol/L' }, high: { value: 5.3, unit: 'mmol/L' } }],
  };
}

/** The same as a row of the store. */
export function readingRow(id: string): NewRow {
  const resource = { ...reading(id), id };
  return {
    patient: person,
    type: 'Observation',
    id,
    source: 'bench',
    origin: `bench|${person}`,
    mask: 0,
    search: searchValuesOf(resource),
    content: JSON.stringify(resource),
  };
}
