import type {
  Condition,
  AllergyIntolerance,
  Immunization,
  Observation,
  DiagnosticReport,
  MedicationStatement,
  MedicationRequest,
  CarePlan,
} from 'fhir/r4';
import { loinc, ukCoreExtension } from '../../fhir/systems.ts';
import { coded, type Facts, labelOf, linked, when } from './emis-csv-words.ts';

export function problem(resource: Condition): Facts {
  return {
    ...coded('problem', resource.code),
    active: resource.clinicalStatus?.coding?.[0]?.code,
    certainty: resource.verificationStatus?.coding?.[0]?.code,
    began: resource.onsetDateTime,
    ended: resource.abatementDateTime,
    consultation: linked(resource.encounter),
    label: labelOf(resource),
  };
}

export function allergy(resource: AllergyIntolerance): Facts {
  return {
    ...coded('substance', resource.code),
    reaction: resource.reaction?.[0]?.manifestation[0]?.text,
    severity: resource.reaction?.[0]?.severity,
    recorded: resource.recordedDate?.slice(0, 10),
    'recorded by': resource.recorder?.display,
    label: labelOf(resource),
  };
}

export function immunisation(resource: Immunization): Facts {
  return {
    ...coded('vaccine', resource.vaccineCode),
    ...when(resource.occurrenceDateTime),
    consultation: linked(resource.encounter),
    label: labelOf(resource),
  };
}

export function observation(resource: Observation): Facts {
  const quantity = resource.valueQuantity;
  return {
    ...coded('name', resource.code),
    LOINC: resource.code.coding?.find(({ system }) => system === loinc)?.code,
    value: quantity?.value?.toString(),
    comparator: quantity?.comparator,
    unit: quantity?.code,
    parts: resource.component?.map(({ valueQuantity }) => `${valueQuantity?.value} ${valueQuantity?.code}`).join(', '),
    'lower limit': resource.referenceRange?.[0]?.low?.value?.toString(),
    'upper limit': resource.referenceRange?.[0]?.high?.value?.toString(),
    flag: resource.interpretation?.[0]?.coding?.[0]?.code,
    category: resource.category?.[0]?.coding?.[0]?.code,
    status: resource.status,
    laboratory: resource.performer?.[0]?.display,
    ...when(resource.effectiveDateTime),
    consultation: linked(resource.encounter),
    label: labelOf(resource),
  };
}

export function report(resource: DiagnosticReport): Facts {
  return {
    ...coded('name', resource.code),
    status: resource.status,
    ...when(resource.effectiveDateTime),
    issued: resource.issued === undefined ? undefined : new Date(resource.issued).toISOString(),
    laboratory: resource.performer?.[0]?.display,
    results: String(resource.result?.length ?? 0),
    consultation: linked(resource.encounter),
    label: labelOf(resource),
  };
}

export function takenMedicine(resource: MedicationStatement): Facts {
  return {
    ...coded('medicine', resource.medicationCodeableConcept),
    dose: resource.dosage?.[0]?.text,
    status: resource.status,
    began: resource.effectivePeriod?.start,
    ended: resource.effectivePeriod?.end,
    'last issue': resource.extension?.find(({ url }) => url === `${ukCoreExtension}MedicationStatementLastIssueDate`)
      ?.valueDateTime,
    prescriber: resource.informationSource?.display,
    consultation: linked(resource.context),
    label: labelOf(resource),
  };
}

export function prescription(resource: MedicationRequest): Facts {
  return {
    ...coded('medicine', resource.medicationCodeableConcept),
    dose: resource.dosageInstruction?.[0]?.text,
    status: resource.status,
    began: resource.authoredOn,
    ended: resource.dispenseRequest?.validityPeriod?.end,
    course: resource.courseOfTherapyType?.coding?.[0]?.code,
    prescriber: resource.requester?.display,
    consultation: linked(resource.encounter),
    label: labelOf(resource),
  };
}

export function plan(resource: CarePlan): Facts {
  return { title: resource.title, text: resource.description, began: resource.created, label: labelOf(resource) };
}
