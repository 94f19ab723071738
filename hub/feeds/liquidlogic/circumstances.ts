import type { Observation } from 'fhir/r4';
import type { Column } from './cld-columns.ts';
import { latest, type Standing } from './fold.ts';
import { ownId, organisation, type Teller } from './teller.ts';

const circumstances: Partial<Record<Column, string>> = {
  accommodation: 'Accommodation',
  employment: 'Employment',
  hasCarer: 'Has an unpaid carer',
  autism: 'Autism, as known to the council',
  visual: 'Visual impairment, as known to the council',
  hearing: 'Hearing impairment, as known to the council',
  dementia: 'Dementia, as known to the council',
};

/**
 * How the person lives, by the latest line of the return: what a council has been told, never a diagnosis, so an
 * Observation and no Condition. Unknown is not told.
 */
export function tellCircumstances(teller: Teller, lines: readonly Standing[]): void {
  const line = latest(lines);
  if (line === undefined) return;
  for (const [column, text] of Object.entries(circumstances)) {
    const value = line.row[column as Column];
    if (value === undefined || /^(?:unknown|not known)$/i.test(value)) continue;
    const observation: Observation = {
      resourceType: 'Observation',
      id: ownId(teller, 'circumstance', column),
      status: 'final',
      category: [
        {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/observation-category',
              code: 'social-history',
              display: 'Social History',
            },
          ],
        },
      ],
      code: { text },
      subject: teller.patient,
      issued: new Date(line.piece.at).toISOString(),
      performer: [organisation(teller, teller.council)],
      valueString: value,
    };
    teller.resources.push(observation);
  }
}
