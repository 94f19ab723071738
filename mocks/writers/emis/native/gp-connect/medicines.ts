import { date, dateTime } from '../../../../borough/clock.ts';
import type { Medicine } from '../../../../borough/facts.ts';
import { drugGuid } from '../csv/cells.ts';
import { type Chart, context, fileUnder, lists, mayLeave, put, staff } from './chart.ts';
import { prescriptionType } from './facts.ts';
import { bare, bareGuid, gpcExtension, profile, reference } from './stu3.ts';

/** Every medicine as GP Connect has it: what was authorised (a plan), its issue (an order), and a statement that stands for both. */
export function writeMedicines(chart: Chart): void {
  const named = new Set<string>();
  for (const medicine of chart.life.medicines) {
    if (!medicine.tellers.includes('emis') || medicine.start > chart.asAt) continue;
    if (!mayLeave(chart, medicine.labels, lists.medications)) continue;
    const name = bareGuid(`medication ${medicine.term.text}`);
    if (!named.has(name)) {
      chart.resources.push({
        resourceType: 'Medication',
        id: name,
        meta: profile('Medication'),
        // A product of the practice's own list: EMIS's code, and the words.
        code: {
          coding: [
            {
              system: 'https://fhir.hl7.org.uk/Id/emis-drug-codes',
              code: name.slice(0, 8),
              display: medicine.term.text,
              userSelected: true,
            },
          ],
        },
      });
      named.add(name);
    }
    writeMedicine(chart, medicine, name);
  }
}

function writeMedicine(chart: Chart, medicine: Medicine, name: string): void {
  const over = medicine.end !== undefined && medicine.end <= chart.asAt;
  const plan = bare(drugGuid(medicine.id));
  const issued = medicine.repeat ? Math.max(medicine.start, medicine.lastIssued) : medicine.start;
  const common = {
    medicationReference: reference('Medication', name),
    context: context(chart, medicine.at),
  };
  const ended = over ? date(medicine.end ?? medicine.start) : undefined;
  const request = {
    extension: [prescriptionType(medicine.repeat ? 'repeat' : 'acute')],
    ...common,
    requester: { agent: staff(chart, medicine.prescriber) },
    recorder: staff(chart, medicine.prescriber),
    dosageInstruction: [{ text: medicine.dose }],
  };
  put(chart, 'MedicationStatement', `${plan}-MS`, lists.medications, {
    extension: [
      { url: gpcExtension('MedicationStatementLastIssueDate'), valueDateTime: `${date(issued)}T00:00:00+00:00` },
      {
        url: gpcExtension('PrescribingAgency'),
        valueCodeableConcept: {
          coding: [
            {
              system: 'https://fhir.nhs.uk/STU3/CodeSystem/CareConnect-PrescribingAgency-1',
              code: 'prescribed-at-gp-practice',
              display: 'Prescribed at GP practice',
            },
          ],
        },
      },
    ],
    basedOn: [reference('MedicationRequest', plan)],
    status: over ? (medicine.repeat ? 'stopped' : 'completed') : 'active',
    ...common,
    effectivePeriod:
      ended === undefined ? { start: date(medicine.start) } : { start: date(medicine.start), end: ended },
    dateAsserted: dateTime(medicine.start),
    taken: 'unk',
    dosage: [{ text: medicine.dose }],
  });
  put(chart, 'MedicationRequest', plan, undefined, {
    ...request,
    status: over ? (medicine.repeat ? 'stopped' : 'completed') : 'active',
    intent: 'plan',
    authoredOn: dateTime(medicine.start),
    dispenseRequest: {
      validityPeriod:
        medicine.end === undefined
          ? { start: date(medicine.start) }
          : { start: date(medicine.start), end: date(medicine.end) },
    },
  });
  const issue = put(chart, 'MedicationRequest', bare(drugGuid(`${medicine.id} issue`)), undefined, {
    ...request,
    basedOn: [reference('MedicationRequest', plan)],
    status: over ? 'completed' : 'active',
    intent: 'order',
    authoredOn: dateTime(issued),
    dispenseRequest: { validityPeriod: { start: date(issued) } },
  });
  fileUnder(chart, medicine.at, 'Medication', issue);
}
