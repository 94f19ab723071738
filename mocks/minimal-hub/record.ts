import type { DiagnosticReport, DocumentReference, Encounter, FhirResource, Patient } from 'fhir/r4';

// A person as another supplier's server holds them: plain R4, no tags of where anything came from, nothing of this project.

export const person: Patient = {
  resourceType: 'Patient',
  id: '1042',
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' }],
  name: [{ use: 'official', family: 'Hollis', given: ['Agnes'], prefix: ['Mrs'] }],
  gender: 'female',
  birthDate: '1948-03-09',
};

const subject = { reference: 'Patient/1042' };
const dayMs = 86_400_000;

/** How many visits the record holds. */
export const visitCount = 45;

/** The record on a day, epoch milliseconds: in the order it was entered, oldest first. */
export function recordOf(now: number): FhirResource[] {
  const day = (ago: number): string => new Date(now - ago * dayMs).toISOString();
  const visits = Array.from({ length: visitCount }, (_, place) => visit(place, day((visitCount - place) * 20)));
  return [
    person,
    { resourceType: 'Location', id: 'loc-1', name: 'Riverside Surgery' },
    { resourceType: 'Practitioner', id: 'dr-1', name: [{ text: 'Dr R Osei' }] },
    ...visits,
    letter('letter-1', day(300), 'Letter from the eye clinic'),
    letter('letter-2', day(20), 'Letter of the last visit', `visit-${visitCount - 1}`),
    report('report-1', day(200), 'Kidney function'),
    report('report-2', day(40), 'Full blood count', `visit-${visitCount - 2}`),
    {
      resourceType: 'Appointment',
      id: 'booking-1',
      status: 'booked',
      start: day(-9),
      end: day(-9),
      serviceType: [{ text: 'Eye clinic' }],
      participant: [{ actor: subject, status: 'accepted' }],
    },
    {
      resourceType: 'AllergyIntolerance',
      id: 'allergy-1',
      patient: subject,
      clinicalStatus: code('http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', 'active'),
      code: { text: 'Penicillin' },
    },
    {
      resourceType: 'Condition',
      id: 'condition-1',
      subject,
      clinicalStatus: code('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active'),
      code: { text: 'Glaucoma' },
      encounter: { reference: `Encounter/visit-${visitCount - 1}` },
    },
    {
      resourceType: 'Observation',
      id: 'reading-1',
      status: 'final',
      subject,
      performer: [subject],
      effectiveDateTime: day(5),
      code: { text: 'Blood pressure' },
      valueString: '128/79',
    },
    {
      resourceType: 'Observation',
      id: 'result-1',
      status: 'final',
      subject,
      performer: [{ display: 'Laboratory' }],
      effectiveDateTime: day(6),
      code: { text: 'Sodium' },
      valueQuantity: { value: 139, unit: 'mmol/L' },
    },
  ];
}

function visit(place: number, start: string): Encounter {
  return {
    resourceType: 'Encounter',
    id: `visit-${place}`,
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
    type: [{ text: 'Consultation' }],
    reasonCode: [{ text: `Complaint ${place}` }],
    subject,
    period: { start, end: new Date(Date.parse(start) + 900_000).toISOString() },
    // Most servers give the words beside the reference; the last visit's were left out.
    location: [{ location: { reference: 'Location/loc-1', ...(place + 1 < visitCount && { display: 'Riverside' }) } }],
    participant: [{ individual: { reference: 'Practitioner/dr-1', ...(place % 2 === 0 && { display: 'Dr Osei' }) } }],
  };
}

function letter(id: string, date: string, title: string, encounter?: string): DocumentReference {
  return {
    resourceType: 'DocumentReference',
    id,
    status: 'current',
    subject,
    date,
    description: title,
    type: { text: title },
    content: [{ attachment: { contentType: 'application/pdf', url: `Binary/${id}`, title } }],
    ...(encounter !== undefined && { context: { encounter: [{ reference: `Encounter/${encounter}` }] } }),
  };
}

function report(id: string, date: string, title: string, encounter?: string): DiagnosticReport {
  return {
    resourceType: 'DiagnosticReport',
    id,
    status: 'final',
    subject,
    effectiveDateTime: date,
    code: { text: title },
    ...(encounter !== undefined && { encounter: { reference: `Encounter/${encounter}` } }),
  };
}

function code(system: string, value: string) {
  return { coding: [{ system, code: value }] };
}
