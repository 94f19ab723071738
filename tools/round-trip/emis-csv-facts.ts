import type { Appointment, DocumentReference, Encounter, FhirResource, Patient } from 'fhir/r4';
import {
  problem,
  allergy,
  immunisation,
  observation,
  report,
  takenMedicine,
  prescription,
  plan,
} from './emis-csv-clinical-facts.ts';
import { coded, type Facts, labelOf, linked, timeOf, when } from './emis-csv-words.ts';

type Readers = {
  [T in FhirResource['resourceType']]?: (resource: Extract<FhirResource, { resourceType: T }>) => Facts;
};

const readers: Readers = {
  Patient: person,
  Encounter: contact,
  Appointment: appointment,
  Condition: problem,
  AllergyIntolerance: allergy,
  Immunization: immunisation,
  Observation: observation,
  DiagnosticReport: report,
  DocumentReference: letter,
  MedicationStatement: takenMedicine,
  MedicationRequest: prescription,
  CarePlan: plan,
};

/** The facts of a resource as a clinician would list them; times of day apart from days, so that each is judged alone. */
export function factsOf(resource: FhirResource): Facts {
  const read = readers[resource.resourceType] as ((resource: FhirResource) => Facts) | undefined;
  return read?.(resource) ?? { label: labelOf(resource) };
}

/** A plan that came back as an entry with its words. */
export function planFactsOf(resource: FhirResource): Facts {
  if (resource.resourceType !== 'Observation') return {};
  return {
    title: resource.code.text,
    text: resource.valueString,
    began: resource.effectiveDateTime,
    label: resource.meta?.security?.[0]?.code,
  };
}

function person(resource: Patient): Facts {
  const [name] = resource.name ?? [];
  const [address] = resource.address ?? [];
  const [contact] = resource.contact ?? [];
  const nhs = resource.identifier?.find(({ system }) => system?.endsWith('nhs-number'));
  return {
    'NHS number': nhs?.value,
    'status of the number': nhs?.extension?.[0]?.valueCodeableConcept?.coding?.[0]?.code,
    'family name': name?.family,
    'given names': name?.given?.join(' '),
    title: name?.prefix?.join(' '),
    'further names':
      resource.name
        ?.slice(1)
        .map(({ use }) => use)
        .join(' ') || undefined,
    'writing of the name': name?.extension?.map(({ valueCode }) => valueCode).join(' '),
    gender: resource.gender,
    'birth date': resource.birthDate,
    'day of death': resource.deceasedDateTime?.slice(0, 10),
    'time of death': timeOf(resource.deceasedDateTime),
    'death formally notified': resource.extension
      ?.find(({ url }) => url.endsWith('DeathNotificationStatus'))
      ?.extension?.[0]?.valueCodeableConcept?.coding?.map(({ code }) => code)
      .join(' '),
    address: address?.line?.join(' '),
    postcode: address?.postalCode,
    phone: resource.telecom?.[0]?.value,
    'ethnic category': resource.extension?.find(({ url }) => url.endsWith('EthnicCategory'))?.valueCodeableConcept
      ?.coding?.[0]?.code,
    language: resource.communication?.[0]?.language.coding?.[0]?.code,
    'carer or contact': contact?.name?.text ?? [...(contact?.name?.given ?? []), contact?.name?.family].join(' '),
    'relationship of the contact': contact?.relationship?.[0]?.text?.replace(/^Carer: /, ''),
    'phone of the contact': contact?.telecom?.[0]?.value,
    practice: resource.managingOrganization?.display,
    label: labelOf(resource),
  };
}

function contact(resource: Encounter): Facts {
  return {
    class: resource.class.code,
    status: resource.status,
    ...when(resource.period?.start),
    end: resource.period?.end,
    kind: resource.type?.[0]?.text,
    ...coded('reason', resource.reasonCode?.[0]),
    clinician: resource.participant?.[0]?.individual?.display,
    place: resource.location?.[0]?.location.display,
    organisation: resource.serviceProvider?.display,
    outcome: resource.extension?.[0]?.valueCodeableConcept?.text,
    'visit number': resource.identifier?.[0]?.value,
    label: labelOf(resource),
  };
}

function appointment(resource: Appointment): Facts {
  const actor = (type: string): string | undefined =>
    resource.participant.find((one) => one.actor?.reference?.startsWith(`${type}/`))?.actor?.display;
  return {
    status: resource.status,
    start: resource.start,
    end: resource.end,
    service: resource.serviceType?.[0]?.text,
    clinician: actor('Practitioner'),
    place: actor('Location'),
    channel: resource.extension?.[0]?.valueCodeableConcept?.text,
    'when it was booked': resource.created,
    reason: resource.reasonCode?.[0]?.text,
    'why cancelled': resource.cancelationReason?.text,
    label: labelOf(resource),
  };
}

function letter(resource: DocumentReference): Facts {
  return {
    title: resource.type?.text,
    'day written': resource.content[0]?.attachment.creation?.slice(0, 10),
    from: resource.author?.[0]?.display,
    'the letter itself': resource.content[0]?.attachment.data === undefined ? undefined : 'there',
    consultation: linked(resource.context?.encounter?.[0]),
    label: labelOf(resource),
  };
}
