import type { Condition, Encounter, Procedure } from 'fhir/r4';
import { conceptOf, hl7Code } from '../concepts.ts';
import { readTime } from '../date-time.ts';
import type { Segment } from '../message.ts';
import { ownId } from '../own-ids.ts';
import type { Holder } from '../person/patient.ts';
import { staffReference } from '../references.ts';
import { habitual } from './period.ts';

/** What is found and done at a visit, with how the visit points to what was found. */
export interface Findings {
  resources: (Condition | Procedure)[];
  diagnosis: NonNullable<Encounter['diagnosis']>;
}

/**
 * Diagnoses (DG1) and procedures (PR1) of a visit. A working or admitting diagnosis is provisional until a final one says
 * so (misreading 7). What an item is called, and not its place in the list, makes its id: lists are sent anew in any order.
 */
export function findingsOf(
  encounter: Encounter,
  lists: { diagnoses: readonly Segment[]; procedures: readonly Segment[] },
  { subject, organisation, dialect }: Holder,
  doubts: string[],
): Findings {
  const findings: Findings = { resources: [], diagnosis: [] };
  const visit = encounter.id ?? '';
  const about = {
    ...(encounter.meta?.security === undefined ? {} : { meta: { security: encounter.meta.security } }),
    subject: { reference: `Patient/${subject}` },
    encounter: { reference: `Encounter/${visit}` },
  };
  const said = new Set<string>();
  for (const dg1 of lists.diagnoses) {
    const code = conceptOf(dg1.values(3)[0], dialect.codeSystems, dg1.text(4));
    if (code === undefined) continue;
    const id = ownId(visit, 'diagnosis', code.coding?.[0]?.code ?? code.text ?? '');
    if (said.has(id)) continue;
    said.add(id);
    const final = dg1.at(6).toUpperCase() === 'F';
    const recorded = dateOf(dg1, 5, doubts);
    findings.resources.push({
      resourceType: 'Condition',
      id,
      ...about,
      clinicalStatus: hl7Code('condition-clinical', 'active'),
      verificationStatus: hl7Code('condition-ver-status', final ? 'confirmed' : 'provisional'),
      category: [hl7Code('condition-category', 'encounter-diagnosis', 'Encounter Diagnosis')],
      code,
      ...(recorded === undefined ? {} : { recordedDate: recorded }),
    });
    const admitting = dg1.at(6).toUpperCase() === 'A';
    findings.diagnosis.push({
      condition: { reference: `Condition/${id}`, display: code.text ?? '' },
      use: admitting
        ? hl7Code('diagnosis-role', 'AD', 'Admission diagnosis')
        : hl7Code('diagnosis-role', 'DD', 'Discharge diagnosis'),
      rank: findings.diagnosis.length + 1,
    });
  }
  for (const pr1 of lists.procedures) {
    const code = conceptOf(pr1.values(3)[0], dialect.codeSystems, pr1.text(4));
    if (code === undefined) continue;
    const performed = dateOf(pr1, 5, doubts);
    const id = ownId(visit, 'procedure', code.coding?.[0]?.code ?? code.text ?? '', pr1.at(5));
    if (said.has(id)) continue;
    said.add(id);
    const performer = [8, 11]
      .flatMap((field) => pr1.values(field))
      .map((who) => staffReference(who, organisation))
      .find((who) => who !== undefined);
    findings.resources.push({
      resourceType: 'Procedure',
      id,
      ...about,
      status: 'completed',
      code,
      ...(performed === undefined ? {} : { performedDateTime: performed }),
      ...(performer === undefined ? {} : { performer: [{ actor: performer }] }),
    });
  }
  return findings;

  function dateOf(segment: Segment, field: number, into: string[]): string | undefined {
    const { value, doubt } = readTime(segment.at(field));
    if (doubt !== undefined) into.push(`${doubt} (${segment.name}-${field})`);
    return value === undefined ? undefined : habitual(value, dialect);
  }
}
