import type { Annotation, CodeableConcept, Extension, MedicationRequest } from 'fhir/r4';
import { ukCoreExtension } from '../../../../fhir/systems.ts';
import type { JsonObject } from '../../../resource/json.ts';
import { concept, concepts, dosages, identifier, identifiers, notes, period, quantity } from './datatypes.ts';
import { medicineOf } from './medicine.ts';
import { extension, object, objects, oneOf, some, whole, words } from './read.ts';
import type { Reading } from './reading.ts';
import { hl7Codes, ukCoreCodes } from './systems.ts';

const statuses = [
  'active',
  'on-hold',
  'cancelled',
  'completed',
  'entered-in-error',
  'stopped',
  'draft',
  'unknown',
] as const;
const intents = ['proposal', 'plan', 'order', 'instance-order'] as const;

/** What a clinician authorised (`plan`), or one issue of it (`order`, based on the plan). */
export function medicationRequest(sent: JsonObject, reading: Reading): MedicationRequest {
  const stopped = extension(sent, 'MedicationStatusReason');
  const requester = object(sent['requester']);
  return {
    resourceType: 'MedicationRequest',
    id: reading.idOf(sent),
    extension: some([repeats(sent)]),
    identifier: identifiers(sent['identifier']),
    status: oneOf(sent['status'], statuses) ?? 'unknown',
    statusReason: concept(part(stopped, 'statusReason')?.['valueCodeableConcept']),
    intent: oneOf(sent['intent'], intents) ?? 'order',
    category: concepts(sent['category']),
    ...medicineOf(sent, reading),
    subject: reading.patient,
    encounter: reading.refer(sent['context']),
    authoredOn: words(sent['authoredOn']),
    requester: reading.refer(requester?.['agent']) ?? reading.refer(requester?.['onBehalfOf']),
    recorder: reading.refer(sent['recorder']),
    reasonCode: concepts(sent['reasonCode']),
    reasonReference: reading.problemsOf(sent),
    basedOn: reading.referAll(sent['basedOn']),
    groupIdentifier: identifier(sent['groupIdentifier']),
    courseOfTherapyType: therapy(sent),
    note: some([...(notes(sent['note']) ?? []), stopNote(stopped)]),
    dosageInstruction: dosages(sent['dosageInstruction']),
    dispenseRequest: dispensing(sent, reading),
    priorPrescription: reading.refer(sent['priorPrescription']),
  };
}

function part(owner: JsonObject | undefined, name: string): JsonObject | undefined {
  return objects(owner?.['extension']).find(({ url }) => url === name);
}

/** When it was stopped stands in a note: R4 keeps only why. */
function stopNote(stopped: JsonObject | undefined): Annotation | undefined {
  const on = words(part(stopped, 'statusChangeDate')?.['valueDateTime']);
  if (on === undefined) return undefined;
  return { time: on, text: `Status changed on ${on.slice(0, 10)}` };
}

const therapies = new Map([
  [
    'acute',
    {
      system: `${hl7Codes}medicationrequest-course-of-therapy`,
      code: 'acute',
      display: 'Short course (acute) therapy',
    },
  ],
  [
    'repeat',
    {
      system: `${hl7Codes}medicationrequest-course-of-therapy`,
      code: 'continuous',
      display: 'Continuous long term therapy',
    },
  ],
  [
    'repeat-dispensing',
    {
      system: `${ukCoreCodes}MedicationRequestCourseOfTherapy`,
      code: 'continuous-repeating-dispensing',
      display: 'Continuous long term (repeat dispensing)',
    },
  ],
]);

/** Acute or repeat: GP Connect's PrescriptionType in HL7's words, and UK Core's for repeat dispensing. */
function therapy(sent: JsonObject): CodeableConcept | undefined {
  const stated = concept(extension(sent, 'PrescriptionType')?.['valueCodeableConcept']);
  const translated = therapies.get(stated?.coding?.[0]?.code ?? '');
  if (stated === undefined || translated === undefined) return stated;
  return { coding: [translated, ...(stated.coding ?? [])], text: stated.text };
}

function repeats(sent: JsonObject): Extension | undefined {
  const stated = extension(sent, 'MedicationRepeatInformation');
  const issued = whole(
    (part(stated, 'numberOfRepeatPrescriptionsIssued') ?? part(stated, 'numberOfPrescriptionsIssued'))?.[
      'valueUnsignedInt'
    ] ?? part(stated, 'numberOfRepeatPrescriptionsIssued')?.['valuePositiveInt'],
  );
  const expiry = words(part(stated, 'authorisationExpiryDate')?.['valueDateTime']);
  const parts = some<Extension>([
    issued === undefined ? undefined : { url: 'numberOfPrescriptionsIssued', valueUnsignedInt: issued },
    expiry === undefined ? undefined : { url: 'authorisationExpiryDate', valueDateTime: expiry },
  ]);
  return parts === undefined ? undefined : { url: `${ukCoreExtension}MedicationRepeatInformation`, extension: parts };
}

function dispensing(sent: JsonObject, reading: Reading): MedicationRequest['dispenseRequest'] {
  const stated = object(sent['dispenseRequest']);
  const allowed = part(extension(sent, 'MedicationRepeatInformation'), 'numberOfRepeatPrescriptionsAllowed');
  const told = {
    validityPeriod: period(stated?.['validityPeriod']),
    numberOfRepeatsAllowed:
      whole(stated?.['numberOfRepeatsAllowed']) ??
      whole(allowed?.['valueUnsignedInt'] ?? allowed?.['valuePositiveInt']),
    quantity: quantity(stated?.['quantity']),
    expectedSupplyDuration: quantity(stated?.['expectedSupplyDuration']),
    performer: reading.refer(stated?.['performer']),
  };
  return Object.values(told).every((one) => one === undefined) ? undefined : told;
}
